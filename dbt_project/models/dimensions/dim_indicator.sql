{#- lists are fenced by bars, so that `|district|` is found whole; the star of a several-valued breakdown is for readers -#}
select
    indicator_id,
    name as indicator_name,
    per,
    interval_kind,
    concat('|', area_levels, '|') as area_levels,
    concat('|', period_grains, '|') as period_grains,
    concat('|', replace(coalesce(breakdowns, ''), '*', ''), '|') as breakdowns
from {{ ref('catalogue') }}
