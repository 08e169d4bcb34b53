select distinct indicator_values.area_level, indicator_values.area_code
from {{ ref('mart_indicators') }} as indicator_values
left join {{ ref('mart_areas') }} as areas using (area_level, area_code)
where areas.area_name is null
