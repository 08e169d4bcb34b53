-- An area has its own code since `naam_van`, and the codes of what went into it until that day: a row is about what it names,
-- and counts in the area of today.
with areas as (
    select * from {{ ref('dim_area') }}
),

named_since as (
    select area_code, min(naam_van) as named_from
    from {{ ref('areas') }}
    where naam_van is not null
    group by area_code
)

select
    areas.area_level,
    areas.area_code as named_code,
    areas.area_name as named_as,
    areas.area_code,
    coalesce(named_since.named_from, areas.valid_from) as valid_from,
    areas.valid_to
from areas
left join named_since on areas.area_code = named_since.area_code
union all
select
    'gemeente' as area_level,
    old_code as named_code,
    old_name as named_as,
    new_code as area_code,
    cast('1900-01-01' as date) as valid_from,
    cast({{ dateadd('day', -1, 'opgegaan_op') }} as date) as valid_to
from {{ ref('area_mergers') }}
