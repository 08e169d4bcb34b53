{#- The 15 columns of every indicator, in order; the release is these columns (tests compare the list with the app's). -#}
{% macro values_columns() %}
{{- return([
    'indicator_id', 'area_level', 'area_code', 'period_grain', 'period', 'dimension_1', 'category_1', 'dimension_2', 'category_2',
    'state', 'value', 'numerator', 'denominator', 'lower', 'upper',
]) -}}
{% endmacro %}

{#-
The columns of an indicator from `counted` (cells with area, period, category, is_final) and `indicator` (its row of dim_indicator).

numerator    the count that the figure rests on; null where it is not known
denominator  what it is divided by where the catalogue has `per`; without `per` the value is the count
value, lower, upper  given by a source that measured them itself (a survey, a median); else computed, with the interval that the catalogue names
Gives a state: onbekend (no number), nvt (a share of nothing), voorlopig (the partner may still revise), nihil (a counted 0) or waarde.
-#}
{% macro indicator_columns(numerator='counted.numerator', denominator='counted.denominator', value=none, lower=none, upper=none) %}
{%- set is_known = ((value or numerator) ~ ' is not null') if value else '(' ~ numerator ~ ' is not null and (indicator.per is null or coalesce(' ~ denominator ~ ', 0) > 0))' %}
{%- set is_share_of_nothing = 'false' if value else '(' ~ numerator ~ ' is not null and indicator.per <= 100 and ' ~ denominator ~ ' = 0)' %}
{#- times before divided: one rounding, so that 2 of 2,000,000 is 0.1 per 100,000 and not 0.09999999999999999 -#}
{%- set shown = value or 'case when indicator.per is null then ' ~ numerator ~ ' else cast(' ~ numerator ~ ' as double) * indicator.per / ' ~ denominator ~ ' end' %}
    cast(indicator.indicator_id as {{ type_string() }}) as indicator_id,
    {%- for column in ['area_level', 'area_code', 'period_grain', 'period', 'dimension_1', 'category_1'] %}
    cast(counted.{{ column }} as {{ type_string() }}) as {{ column }},
    {%- endfor %}
    cast('totaal' as {{ type_string() }}) as dimension_2,
    cast('totaal' as {{ type_string() }}) as category_2,
    cast(
        case
            when {{ is_share_of_nothing }} then 'nvt'
            when not {{ is_known }} then 'onbekend'
            when not counted.is_final then 'voorlopig'
            -- a median of 0 days over 12 meldingen is a figure, and no counted 0
            when {{ (value ~ ' = 0 and coalesce(' ~ numerator ~ ', 0)') if value else numerator }} = 0 then 'nihil'
            else 'waarde'
        end as {{ type_string() }}
    ) as state,
    cast(case when {{ is_known }} then {{ shown }} end as double) as value,
    cast(case when {{ is_known }} then {{ numerator }} end as double) as numerator,
    cast(case when {{ is_known }} and indicator.per is not null then {{ denominator }} end as double) as denominator,
    {%- for side, given in [('lower', lower), ('upper', upper)] %}
    cast(case when {{ is_known }} then {{ given or interval_limit(side, numerator, denominator) }} end as double) as {{ side }},
    {%- endfor %}
    -- what was counted also stands where no figure follows from it (nobody lives in onbekend), so that sums can be checked; it is no part of the mart
    cast({{ numerator }} as {{ type_bigint() }}) as counted
{%- endmacro %}

{#- The limit of the 95% interval of a value: Poisson for a count or rate, Wilson for a share, none for what is counted whole. -#}
{% macro interval_limit(side, numerator, denominator) -%}
case indicator.interval_kind
                when 'poisson' then {{ poisson_limit(side, numerator) }} * case when indicator.per is null then 1 else cast(indicator.per as double) / {{ denominator }} end
                when 'wilson' then {{ wilson_limit(side, numerator, denominator) }} * indicator.per
            end
{%- endmacro %}

{#- True for the levels, periods and breakdowns that the catalogue names for an indicator; totals belong to every indicator. -#}
{% macro is_in_catalogue() -%}
indicator.area_levels like concat('%|', counted.area_level, '|%')
    and indicator.period_grains like concat('%|', counted.period_grain, '|%')
    and (counted.dimension_1 = 'totaal' or indicator.breakdowns like concat('%|', counted.dimension_1, '|%'))
{%- endmacro %}
