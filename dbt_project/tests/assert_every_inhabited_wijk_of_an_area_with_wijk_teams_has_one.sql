-- A warning, not a stop: a new edition of CBS may renumber wijken, and then A, B and C have no inhabitants until the list is mended.
{{ config(severity='warn') }}
with listed as (
    select distinct wijken.gemeente_code
    from {{ ref('int_wijken_harmonised') }} as wijken
    inner join {{ ref('area_wijk_teams') }} as teams on wijken.wijk_code = teams.wijk_code
)

select wijken.wijk_code
from {{ ref('int_wijken_harmonised') }} as wijken
inner join listed on wijken.gemeente_code = listed.gemeente_code
left join {{ ref('area_wijk_teams') }} as teams on wijken.wijk_code = teams.wijk_code and teams.geldig_tot is null
where wijken.inhabitant_count > 0 and teams.wijk_code is null
