with areas as (
    select area_level, area_code, area_name, geldig_van as valid_from, {{ until('geldig_tot') }} as valid_to, bron as origin, zekerheid as certainty
    from {{ ref('areas') }}
),

-- CBS delivers the wijken of the whole country
wijken as (
    select
        'wijk' as area_level,
        wijken.wijk_code as area_code,
        wijken.wijk_name as area_name,
        gemeenten.valid_from,
        gemeenten.valid_to,
        concat('CBS, wijken van ', wijken.edition) as origin,
        'vast' as certainty
    from {{ ref('int_wijken_harmonised') }} as wijken
    inner join areas as gemeenten on gemeenten.area_level = 'gemeente' and wijken.gemeente_code = gemeenten.area_code
),

-- no rests where no record is: at ABC what lies outside it stands at the districts, and no partner counts by wijk or buurt
levels as (
    select distinct area_level
    from areas
    where area_level not in ('regio', 'abc', 'wijk', 'buurt')
),

rests as (
    select 'onbekend' as area_code, 'Onbekend' as area_name
    union all
    select 'elders' as area_code, 'Buiten de regio' as area_name
)

select area_level, area_code, area_name, valid_from, valid_to, origin, certainty
from areas
union all
select area_level, area_code, area_name, valid_from, valid_to, origin, certainty
from wijken
union all
select
    levels.area_level,
    rests.area_code,
    rests.area_name,
    cast('1900-01-01' as date) as valid_from,
    cast('9999-12-31' as date) as valid_to,
    'eigen indeling' as origin,
    'vast' as certainty
from levels
cross join rests
