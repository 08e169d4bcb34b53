with areas as (
    select * from {{ ref('dim_area') }}
),

members as (
    select * from {{ ref('dim_area_member') }}
    where valid_to = cast('9999-12-31' as date) and leaf_level in ('gemeente', 'basisteam')
),

-- the zorgregio of a district is that of any of its leaves: a district lies in one
district_zorgregios as (
    select districts.area_level, districts.area_code, min(zorgregios.area_code) as zorgregio_code
    from members as districts
    inner join members as zorgregios on districts.leaf_level = zorgregios.leaf_level and districts.leaf_code = zorgregios.leaf_code
    where zorgregios.area_level = 'zorgregio'
    group by districts.area_level, districts.area_code
    having count(distinct zorgregios.area_code) = 1
),

leaf_districts as (
    select leaf_level as area_level, leaf_code as area_code, area_code as district_code
    from members
    where area_level = 'district'
)

select
    cast(areas.area_level as {{ type_string() }}) as area_level,
    cast(areas.area_code as {{ type_string() }}) as area_code,
    cast(areas.area_name as {{ type_string() }}) as area_name,
    cast(leaf_districts.district_code as {{ type_string() }}) as district_code,
    cast(district_zorgregios.zorgregio_code as {{ type_string() }}) as zorgregio_code
from areas
left join leaf_districts
    on areas.area_level = leaf_districts.area_level and areas.area_code = leaf_districts.area_code and areas.area_code not in ('onbekend', 'elders')
left join district_zorgregios
    on areas.area_level = district_zorgregios.area_level and areas.area_code = district_zorgregios.area_code and areas.area_code not in ('onbekend', 'elders')
