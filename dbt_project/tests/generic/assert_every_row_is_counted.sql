{#- The region counts what the harmonised rows hold, per base period: nothing is lost on the way through areas and periods.
    `counts` is the expression over `rows`; `dimension` is the breakdown to compare by where there is no total. -#}
{% test assert_every_row_is_counted(model, rows, base_grain, counts, dimension='totaal') %}
{%- set category = "'totaal'" if dimension == 'totaal' else dimension %}
with expected as (
    select base_period, {{ category }} as category_1, {{ counts }} as numerator
    from {{ rows }}
    group by base_period{{ ', ' ~ dimension if dimension != 'totaal' }}
),

counted as (
    select period, category_1, numerator
    from {{ model }}
    where area_level = 'regio' and period_grain = '{{ base_grain }}' and dimension_1 = '{{ dimension }}'
)

select expected.base_period, expected.category_1
from expected
left join counted on expected.base_period = counted.period and expected.category_1 = counted.category_1
-- a region with a gemeente missing is unknown, which is a row without a number and not a loss
where counted.period is null or counted.numerator != expected.numerator
{% endtest %}
