{%- set at_least = 10 %}  {#- meldingen behind a median; of fewer it says more about one melding than about the speed -#}
with indicator as (
    select * from {{ ref('dim_indicator') }}
    where indicator_id = 'mh_meldpunt_doorlooptijd'
),

meldingen as (
    {%- for dimension, category in [('totaal', "'totaal'"), ('soort_melder', 'soort_melder')] %}
    select base_period, '{{ dimension }}' as dimension_1, {{ category }} as category_1, cast(days_to_first_action_count as double) as days
    from {{ ref('int_meldpunt_meldingen_harmonised') }}
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

categories as (
    select distinct dimension_1, category_1
    from meldingen
),

counted as (
    select
        'regio' as area_level,
        'DH' as area_code,
        periods.period_grain,
        periods.period,
        categories.dimension_1,
        categories.category_1,
        periods.is_final,
        case when periods.is_complete then count(meldingen.days) end as numerator,
        cast(null as {{ type_bigint() }}) as denominator,
        case when periods.is_complete and count(meldingen.days) >= {{ at_least }} then median(meldingen.days) end as median_days
    from {{ ref('dim_delivery_period') }} as periods
    inner join indicator on indicator.period_grains like concat('%|', periods.period_grain, '|%')
    cross join categories
    left join meldingen
        on
            periods.base_period = meldingen.base_period
            and categories.dimension_1 = meldingen.dimension_1
            and categories.category_1 = meldingen.category_1
    where
        periods.delivery = 'meldpunt_meldingen'
        and periods.base_grain = 'maand'
        and (periods.is_complete or categories.dimension_1 = 'totaal')
    group by periods.period_grain, periods.period, categories.dimension_1, categories.category_1, periods.is_complete, periods.is_final
)

select
{{ indicator_columns(value='counted.median_days') }}
from counted
cross join indicator
