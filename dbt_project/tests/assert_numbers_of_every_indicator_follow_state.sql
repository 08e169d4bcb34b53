-- also in the rows that mart_indicators leaves out
{% for indicator_id in indicator_ids() -%}
select indicator_id, area_level, area_code, period, state
from {{ ref('fct_' ~ indicator_id) }}
where {{ is_state_broken() }}
{{ 'union all' if not loop.last }}
{% endfor %}
