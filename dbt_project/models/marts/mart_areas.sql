-- Areas of today that can have figures: wijken and buurten are no areas of any indicator.
with areas as (
    select * from {{ ref('dim_area') }}
    where valid_to = cast('9999-12-31' as date) and area_level not in ('wijk', 'buurt')
),

above as (
    select
        leaf_level as area_level,
        leaf_code as area_code,
        max(case when area_level = 'district' then area_code end) as district_code,
        max(case when area_level = 'zorgregio' then area_code end) as zorgregio_code,
        max(case when area_level = 'abc' then area_code end) as abc_code
    from {{ ref('dim_area_ancestor') }}
    where valid_to = cast('9999-12-31' as date) and area_level != leaf_level
    group by leaf_level, leaf_code
)

select
    cast(areas.area_level as {{ type_string() }}) as area_level,
    cast(areas.area_code as {{ type_string() }}) as area_code,
    cast(areas.area_name as {{ type_string() }}) as area_name,
    cast(above.district_code as {{ type_string() }}) as district_code,
    cast(above.zorgregio_code as {{ type_string() }}) as zorgregio_code,
    cast(above.abc_code as {{ type_string() }}) as abc_code
from areas
left join above on areas.area_level = above.area_level and areas.area_code = above.area_code
