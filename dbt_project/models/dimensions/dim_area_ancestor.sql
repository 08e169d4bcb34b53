{%- set steps = 5 %}  {#- the longest way up: wijk, basisteam, district, abc, zorgregio, regio -#}
with links as (
    select * from {{ ref('dim_area_parent') }}
),

step_0 as (
    select area_code as leaf_code, area_code, valid_from, valid_to
    from {{ ref('dim_area') }}
    where area_code not in ('onbekend', 'elders')
),

{% for step in range(1, steps + 1) -%}
step_{{ step }} as (
    select
        lower_step.leaf_code,
        links.parent_code as area_code,
        greatest(lower_step.valid_from, links.valid_from) as valid_from,
        least(lower_step.valid_to, links.valid_to) as valid_to
    from step_{{ step - 1 }} as lower_step
    inner join links
        on lower_step.area_code = links.area_code and lower_step.valid_from <= links.valid_to and lower_step.valid_to >= links.valid_from
),

{% endfor -%}
ways_up as (
    {%- for step in range(steps + 1) %}
    select leaf_code, area_code, valid_from, valid_to from step_{{ step }}
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

levels as (
    select area_level, area_code
    from {{ ref('dim_area') }}
    where area_code not in ('onbekend', 'elders')
)

-- a gemeente reaches its zorgregio by two ways (itself and by its district); that is one membership
select
    leaves.area_level as leaf_level,
    ways_up.leaf_code,
    ancestors.area_level,
    ways_up.area_code,
    min(ways_up.valid_from) as valid_from,
    max(ways_up.valid_to) as valid_to
from ways_up
inner join levels as leaves on ways_up.leaf_code = leaves.area_code
inner join levels as ancestors on ways_up.area_code = ancestors.area_code
group by leaves.area_level, ways_up.leaf_code, ancestors.area_level, ways_up.area_code
