-- A gemeente that ended must not be alive too, and no code may end twice.
select one.area_level, one.named_code
from {{ ref('dim_area_code') }} as one
inner join {{ ref('dim_area_code') }} as other
    on
        one.area_level = other.area_level
        and one.named_code = other.named_code
        and one.area_code < other.area_code
        and one.valid_from <= other.valid_to
        and one.valid_to >= other.valid_from
