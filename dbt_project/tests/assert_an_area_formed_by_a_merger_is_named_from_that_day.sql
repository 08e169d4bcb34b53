-- Two names of one area at one date, of which one had no successor before: its figures would be asked for under both.
select gemeenten.area_code, mergers.old_code
from {{ ref('areas') }} as gemeenten
inner join {{ ref('area_mergers') }} as mergers on gemeenten.area_code = mergers.new_code
where gemeenten.naam_van is not null and gemeenten.naam_van != mergers.opgegaan_op and gemeenten.naam_van >= gemeenten.geldig_van
