-- also those that mart_indicators leaves out
{%- set cell = values_columns()[:9] | join(', ') %}
{% for indicator_id in indicator_ids() -%}
select {{ cell }}
from {{ ref('fct_' ~ indicator_id) }}
group by {{ cell }}
having count(*) > 1
{{ 'union all' if not loop.last }}
{% endfor %}
