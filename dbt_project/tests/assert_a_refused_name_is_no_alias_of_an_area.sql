select refused.area_level, refused.alias
from {{ ref('area_refused_names') }} as refused
inner join {{ ref('dim_area_alias') }} as aliases
    on refused.area_level = aliases.area_level and {{ normalised('refused.alias') }} = aliases.alias
