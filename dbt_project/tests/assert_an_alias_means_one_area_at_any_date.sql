select one.area_level, one.alias
from {{ ref('dim_area_alias') }} as one
inner join {{ ref('dim_area_alias') }} as other
    on
        one.area_level = other.area_level
        and one.alias = other.alias
        and one.area_code < other.area_code
        and one.valid_from <= other.valid_to
        and one.valid_to >= other.valid_from
