-- A name and a code are aliases of themselves, so that a merger needs rows in the area seed only.
with areas as (
    select * from {{ ref('dim_area') }}
),

aliases as (
    select area_level, {{ normalised('alias') }} as alias, area_code
    from {{ ref('area_aliases') }}
    union
    select area_level, {{ normalised('area_name') }} as alias, area_code
    from areas
    union
    select area_level, {{ normalised('area_code') }} as alias, area_code
    from areas
)

select
    aliases.area_level,
    aliases.alias,
    aliases.area_code,
    areas.valid_from,
    areas.valid_to
from aliases
inner join areas
    on aliases.area_level = areas.area_level and aliases.area_code = areas.area_code
