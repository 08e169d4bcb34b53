{#-
Intervals of counts and shares, in the form of Public Health England (PHEindicatormethods; statistics of APHO Technical Briefing 3).

side        'lower' or 'upper'
confidence  0.95 or 0.998; the quantiles are computed by scipy and stand in poisson_exact.sql, so that no model has to join them
-#}

{#- Limit of a Poisson count: exact below ten, Byar's approximation from ten on. Null for null and for what is no count (1.5, -1). -#}
{% macro poisson_limit(side, count, confidence=0.95) -%}
case when {{ count }} < 10 then {{ poisson_exact(side, count, confidence) }} else {{ byar_limit(side, count, confidence) }} end
{%- endmacro %}

{#- Byar's approximation (Breslow & Day 1987). DescTools has another one, with x + 0.5 at both sides: 15 of 400 then ends at 0.0603 and not at 0.0619. -#}
{% macro byar_limit(side, count, confidence=0.95) -%}
{%- set events = '(' ~ count ~ (' + 1)' if side == 'upper' else ')') -%}
({{ events }} * power(1e0 - 1e0 / (9e0 * {{ events }}) {{ '+' if side == 'upper' else '-' }} {{ normal_quantile(confidence) }} / (3e0 * sqrt({{ events }})), 3))
{%- endmacro %}

{#- Limit of a share (0 to 1) after Wilson 1927. Null without a total, and where the count is no part of it (a division by zero or
    the root of a negative number would stop DuckDB). None of the total starts at 0 and all of it ends at 1, which the formula
    misses by its roundings: 0 in 7 would start at -1.4e-17, and 7 in 7 end at 0.99999999999999989, below its own value. -#}
{% macro wilson_limit(side, count, total, confidence=0.95) -%}
{%- set z, count, total = normal_quantile(confidence), '(' ~ count ~ ')', '(' ~ total ~ ')' -%}
case
    when {{ total }} > 0 and {{ count }} = {{ total if side == 'upper' else 0 }} then {{ '1e0' if side == 'upper' else '0e0' }}
    when {{ total }} > 0 and {{ count }} between 0 and {{ total }}
        then (
            2e0 * {{ count }} + {{ z }} * {{ z }}
            {{ '+' if side == 'upper' else '-' }} {{ z }} * sqrt({{ z }} * {{ z }} + 4e0 * {{ count }} * ({{ total }} - {{ count }}) / {{ total }})
        ) / (2e0 * ({{ total }} + {{ z }} * {{ z }}))
end
{%- endmacro %}
