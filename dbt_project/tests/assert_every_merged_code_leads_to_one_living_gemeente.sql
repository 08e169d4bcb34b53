-- Not by way of a gemeente that ended too: then the row names the last one, else its figures would count nowhere.
select mergers.old_code, mergers.new_code
from {{ ref('area_mergers') }} as mergers
left join {{ ref('areas') }} as gemeenten
    on mergers.new_code = gemeenten.area_code and gemeenten.area_level = 'gemeente' and gemeenten.geldig_tot is null
group by mergers.old_code, mergers.new_code
having count(gemeenten.area_code) != 1
