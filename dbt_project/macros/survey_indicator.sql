{#-
An indicator from estimates of a survey: value and margins are the source's own, and nothing is added up over areas, periods or kinds.

rows    relation with leaf_level, leaf_code, base_period, the kind and the estimates; a row is about its own area and no larger one
kind    column that gives the dimension; its category `whole` is the total, which the other kinds overlap
value   the estimate, with its limits `lower` and `upper` where the source gives them
An area or kind that a delivered survey does not have is unknown, and so is one that it has twice.
-#}
{% macro survey_indicator(indicator_id, rows, delivery, base_grain, kind, whole, value, lower=none, upper=none) %}
with indicator as (
    select * from {{ ref('dim_indicator') }}
    where indicator_id = '{{ indicator_id }}'
),

estimates as (
    select
        leaf_level as area_level,
        leaf_code as area_code,
        base_period as period,
        case when {{ kind }} = '{{ whole }}' then 'totaal' else '{{ kind }}' end as dimension_1,
        case when {{ kind }} = '{{ whole }}' then 'totaal' else {{ kind }} end as category_1,
        max({{ value }}) as estimate,
        max({{ lower or 'cast(null as double)' }}) as lower_limit,
        max({{ upper or 'cast(null as double)' }}) as upper_limit
    from {{ rows }}
    where leaf_code not in ('onbekend', 'elders')
    group by leaf_level, leaf_code, base_period, {{ kind }}
    having count(*) = 1
),

categories as (
    select distinct dimension_1, category_1
    from estimates
    union
    select 'totaal' as dimension_1, 'totaal' as category_1
),

cells as (
    select area_members.area_level, area_members.area_code, periods.period_grain, periods.period, periods.is_complete, periods.is_final
    from {{ ref('dim_area_member') }} as area_members
    inner join {{ ref('dim_delivery_period') }} as periods on periods.base_start_date between area_members.valid_from and area_members.valid_to
    where
        area_members.leaf_level = area_members.area_level
        and area_members.leaf_code = area_members.area_code
        and area_members.leaf_code not in ('onbekend', 'elders')
        and periods.delivery = '{{ delivery }}'
        and periods.base_grain = '{{ base_grain }}'
        and periods.period_grain = '{{ base_grain }}'
),

counted as (
    select
        cells.*,
        dimension_1,
        category_1,
        cast(null as {{ type_bigint() }}) as numerator,
        cast(null as {{ type_bigint() }}) as denominator,
        estimates.estimate,
        estimates.lower_limit,
        estimates.upper_limit
    from cells
    cross join categories
    left join estimates using (area_level, area_code, period, dimension_1, category_1)
    -- what was not delivered stands once, as unknown, and not once more per kind
    where cells.is_complete or dimension_1 = 'totaal'
)

select
{{ indicator_columns(value='counted.estimate', lower='counted.lower_limit', upper='counted.upper_limit') }}
from counted
inner join indicator on {{ is_in_catalogue() }}
{%- endmacro %}
