{% for indicator_id in indicator_ids() -%}
select {{ values_columns() | join(', ') }} from {{ ref('fct_' ~ indicator_id) }}
-- a place without known inhabitants stands once, as unknown; its breakdowns would be 40,000 more empty cells
where state != 'onbekend' or dimension_1 = 'totaal' or counted is null
{{ 'union all' if not loop.last }}
{% endfor %}
