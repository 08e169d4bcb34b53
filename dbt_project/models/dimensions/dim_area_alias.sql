-- A name and a code are aliases of themselves, so that a merger needs rows in the area seeds only.
with codes as (
    select * from {{ ref('dim_area_code') }}
),

aliases as (
    select area_level, {{ normalised('alias') }} as alias, area_code as named_code
    from {{ ref('area_aliases') }}
    union
    select area_level, {{ normalised('named_as') }} as alias, named_code
    from codes
    where area_level != 'wijk'  -- Leiderdorp and Rijswijk both have a "Wijk 01": a wijk is known by its code alone
    union
    select area_level, {{ normalised('named_code') }} as alias, named_code
    from codes
)

select
    aliases.area_level,
    aliases.alias,
    aliases.named_code,
    codes.area_code,
    codes.valid_from,
    codes.valid_to
from aliases
inner join codes
    on aliases.area_level = codes.area_level and aliases.named_code = codes.named_code
