{%- set cell = ['indicator_id', 'area_level', 'area_code', 'period_grain', 'dimension_1', 'category_1', 'dimension_2', 'category_2'] -%}
{%- set series = ['indicator_id', 'dimension_1', 'dimension_2', 'period_year'] -%}
{%- set scopes = {'of_grain': ['area_level', 'period_grain'], 'of_level': ['area_level'], 'of_indicator': []} -%}
with cells as (
    {%- for indicator_id in indicator_ids() %}
    select {{ cell | join(', ') }}, period, state, value, numerator, coalesce(denominator, 1e0) as base
    from {{ ref('fct_' ~ indicator_id) }}
    -- a breakdown of which nothing is known says no more than its total
    where state != 'onbekend' or dimension_1 = 'totaal'
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

pairs as (
    select
        cells.*,
        indicator.interval_kind,
        periods.earlier_period,
        earlier.value as earlier_value,
        earlier.numerator as earlier_numerator,
        earlier.base as earlier_base,
        {{ why_not_compared() }} as why_not
    from cells
    inner join {{ ref('dim_indicator') }} as indicator on cells.indicator_id = indicator.indicator_id
    left join {{ ref('dim_earlier_period') }} as periods on cells.period_grain = periods.period_grain and cells.period = periods.period
    left join cells as earlier
        on
            periods.earlier_period = earlier.period
            {%- for key in cell %}
            and cells.{{ key }} = earlier.{{ key }}
            {%- endfor %}
    left join {{ ref('dim_trendbreuk') }} as breaks
        on
            cells.period = breaks.period
            {%- for key in cell[:4] %}
            and cells.{{ key }} = breaks.{{ key }}
            {%- endfor %}
),

scores as (
    select *, substring(period, 1, 4) as period_year, {{ change_score() }} as score, {{ change_weight() }} as weight
    from pairs
),

variations_by_year as (
    {{ variation_by_year('scores', series, scopes) }}
),

variations as (
    {{ variation_of_other_years('scores', 'variations_by_year', series) }}
),

judged as (
    select
        scores.*,
        case when why_not is null then {{ overdispersion(scopes) }} end as overdispersion,
        {{ reason(variation(scopes)) }} as reason
    from scores
    {%- for scope, columns in scopes.items() %}
    left join variations as {{ scope }}
        on {{ is_same_scope(scope, series, columns) }}
    {%- endfor %}
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
