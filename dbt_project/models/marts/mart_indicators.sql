{%- set cell = 'area_level, area_code, period_grain, period' -%}
with rates_of_people as (
    select indicator_id from {{ ref('dim_indicator') }}
    where per >= 1000
)

{% for indicator_id in indicator_ids() -%}
select {{ values_columns() | join(', ') }} from {{ ref('fct_' ~ indicator_id) }}
-- a place without known inhabitants stands once, as unknown; its breakdowns would be 40,000 more empty cells
where
    state != 'onbekend' or dimension_1 = 'totaal' or counted is null
    -- where people live, a category without a population of its own (age unknown: 1,085 cells) stands open: total minus categories is
    -- its count, and disclosure control has to see that it is there; a median of fewer than ten meldingen (282 cells) follows from nothing
    or ({{ cell }}) in (
        select {{ cell }} from {{ ref('fct_' ~ indicator_id) }}
        inner join rates_of_people using (indicator_id)
        where dimension_1 = 'totaal' and state != 'onbekend'
    )
{{ 'union all' if not loop.last }}
{% endfor %}
