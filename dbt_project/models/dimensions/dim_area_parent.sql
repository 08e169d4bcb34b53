with wijken as (
    select gemeenten.area_code, gemeenten.valid_from, gemeenten.valid_to, wijken.wijk_code
    from {{ ref('int_wijken_harmonised') }} as wijken
    inner join {{ ref('dim_area') }} as gemeenten on gemeenten.area_level = 'gemeente' and wijken.gemeente_code = gemeenten.area_code
)

select area_code, parent_code, geldig_van as valid_from, {{ until('geldig_tot') }} as valid_to, bron as origin, zekerheid as certainty
from {{ ref('area_parents') }}
union all
select
    wijk_code as area_code,
    basisteam_code as parent_code,
    geldig_van as valid_from,
    {{ until('geldig_tot') }} as valid_to,
    bron as origin,
    zekerheid as certainty
from {{ ref('area_wijk_teams') }}
union all
select
    wijk_code as area_code,
    area_code as parent_code,
    valid_from,
    valid_to,
    'CBS: de code van een wijk bevat die van haar gemeente' as origin,
    'vast' as certainty
from wijken
