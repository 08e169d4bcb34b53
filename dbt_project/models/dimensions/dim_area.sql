with areas as (
    select
        area_level,
        area_code,
        area_name,
        geldig_van as valid_from,
        coalesce(geldig_tot, cast('9999-12-31' as date)) as valid_to,
        zekerheid as certainty
    from {{ ref('areas') }}
),

-- at ABC there is no rest: what lies outside it stands at the districts
levels as (
    select distinct area_level
    from areas
    where area_level not in ('regio', 'abc')
),

rests as (
    select 'onbekend' as area_code, 'Onbekend' as area_name
    union all
    select 'elders' as area_code, 'Buiten de regio' as area_name
)

select area_level, area_code, area_name, valid_from, valid_to, certainty
from areas
union all
select
    levels.area_level,
    rests.area_code,
    rests.area_name,
    cast('1900-01-01' as date) as valid_from,
    cast('9999-12-31' as date) as valid_to,
    'vast' as certainty
from levels
cross join rests
