{%- set cell = ['indicator_id', 'area_level', 'area_code', 'period_grain', 'dimension_1', 'category_1', 'dimension_2', 'category_2'] -%}
{%- set series = ['indicator_id', 'dimension_1', 'dimension_2', 'period_year'] -%}
{%- set scope = ['area_level', 'period_grain'] -%}
with cells as (
    {%- for indicator_id in indicator_ids() %}
    select {{ cell | join(', ') }}, period, state, value, numerator, coalesce(denominator, 1e0) as base
    from {{ ref('fct_' ~ indicator_id) }}
    -- a breakdown of which nothing is known says no more than its total
    where state != 'onbekend' or dimension_1 = 'totaal'
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

dated as (
    select cells.*, indicator.interval_kind, periods.earlier_period, periods.start_month, breaks.titel as break_title
    from cells
    inner join {{ ref('dim_indicator') }} as indicator on cells.indicator_id = indicator.indicator_id
    left join {{ ref('dim_earlier_period') }} as periods on cells.period_grain = periods.period_grain and cells.period = periods.period
    left join {{ ref('dim_trendbreuk') }} as breaks
        on
            cells.period = breaks.period
            {%- for key in cell[:4] %}
            and cells.{{ key }} = breaks.{{ key }}
            {%- endfor %}
),

-- looked up in a window: a join of the cells with themselves would have Spark read all facts once more
pairs as (
    select *,{% for column in ['state', 'value', 'numerator', 'base'] %}
        case when earlier_period is not null then first_value({{ column }}) over a_year_before end as earlier_{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from dated
    window a_year_before as (partition by {{ cell | join(', ') }} order by start_month nulls last range between 12 preceding and 12 preceding)
),

reasoned as (
    select *, substring(period, 1, 4) as period_year, {{ why_not_compared() }} as why_not
    from pairs
),

scores as (
    select *, {{ change_score() }} as score, {{ change_weight() }} as weight
    from reasoned
),

variations_by_year as (
    {{ variation_by_year('scores', series, scope) }}
),

variations as (
    {{ variation_of_other_years('variations_by_year', series, scope) }}
),

judged as (
    select
        scores.*,
        case when why_not is null then {{ overdispersion() }} end as overdispersion,
        {{ reason() }} as reason
    from scores
    left join variations using ({{ (series + scope) | join(', ') }})
)

select
    {%- for column in cell + ['period', 'earlier_period'] %}
    cast({{ column }} as {{ type_string() }}) as {{ column }},
    {%- endfor %}
    cast(value as double) as value,
    cast(earlier_value as double) as earlier_value,
    cast(reason is null as boolean) as is_compared,
    cast({{ change_word('score / sqrt(overdispersion)') }} as {{ type_string() }}) as change,
    cast(reason as {{ type_string() }}) as reason,
    cast(score / sqrt(overdispersion) as double) as statistic,
    cast(overdispersion as double) as overdispersion,
    cast(count(case when reason is null then 1 end) over (partition by indicator_id) as {{ type_bigint() }}) as comparison_count,
    cast(count(case when reason is null then 1 end) over (partition by indicator_id) / 200e0 as double) as expected_false_signal_count
from judged
