{#- The 15 columns of every indicator, in order; the release is these columns (tests compare the list with the app's). -#}
{% macro values_columns() %}
{{- return([
    'indicator_id', 'area_level', 'area_code', 'period_grain', 'period', 'dimension_1', 'category_1', 'dimension_2', 'category_2',
    'state', 'value', 'numerator', 'denominator', 'lower', 'upper',
]) -}}
{% endmacro %}

{#-
The columns of an indicator from `counted` (a model made by count_by_area) and `indicator` (its row of dim_indicator).

numerator    expression: the count; null where the cell was not delivered
denominator  expression: what it is divided by where the catalogue has `per`; without one the value is the count
Gives value = numerator / denominator * per, and a state: onbekend (no number at all), nihil (a counted 0) or waarde.
-#}
{% macro indicator_columns(numerator='counted.numerator', denominator='null') %}
{%- set is_unknown = '(' ~ numerator ~ ' is null or (indicator.per is not null and coalesce(' ~ denominator ~ ', 0) = 0))' -%}
    cast(indicator.indicator_id as {{ type_string() }}) as indicator_id,
    cast(counted.area_level as {{ type_string() }}) as area_level,
    cast(counted.area_code as {{ type_string() }}) as area_code,
    cast(counted.period_grain as {{ type_string() }}) as period_grain,
    cast(counted.period as {{ type_string() }}) as period,
    cast(counted.dimension_1 as {{ type_string() }}) as dimension_1,
    cast(counted.category_1 as {{ type_string() }}) as category_1,
    cast('totaal' as {{ type_string() }}) as dimension_2,
    cast('totaal' as {{ type_string() }}) as category_2,
    cast(case when {{ is_unknown }} then 'onbekend' when {{ numerator }} = 0 then 'nihil' else 'waarde' end as {{ type_string() }}) as state,
    cast(
        case
            when {{ is_unknown }} then null
            when indicator.per is null then {{ numerator }}
            -- times before divided: one rounding, so that 2 of 2,000,000 is 0.1 per 100,000 and not 0.09999999999999999
            else cast({{ numerator }} as double) * indicator.per / {{ denominator }}
        end as double
    ) as value,
    cast(case when not {{ is_unknown }} then {{ numerator }} end as double) as numerator,
    cast(case when not {{ is_unknown }} and indicator.per is not null then {{ denominator }} end as double) as denominator,
    cast(null as double) as lower,
    cast(null as double) as upper
{%- endmacro %}

{#- True for the levels, periods and breakdowns that the catalogue names for an indicator; totals belong to every indicator. -#}
{% macro is_in_catalogue() -%}
indicator.area_levels like concat('%|', counted.area_level, '|%')
    and indicator.period_grains like concat('%|', counted.period_grain, '|%')
    and (counted.dimension_1 = 'totaal' or indicator.breakdowns like concat('%|', counted.dimension_1, '|%'))
{%- endmacro %}
