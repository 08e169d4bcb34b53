-- Two areas of one level at one date would count the same row twice.
select one.leaf_level, one.leaf_code, one.area_level
from {{ ref('dim_area_member') }} as one
inner join {{ ref('dim_area_member') }} as other
    on
        one.leaf_level = other.leaf_level
        and one.leaf_code = other.leaf_code
        and one.area_level = other.area_level
        and one.area_code < other.area_code
        and one.valid_from <= other.valid_to
        and one.valid_to >= other.valid_from
