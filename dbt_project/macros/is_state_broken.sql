{#- True for a row of an indicator whose numbers do not follow from its state. -#}
{% macro is_state_broken() -%}
(state in ('onbekend', 'nvt') and coalesce(value, numerator, denominator, lower, upper) is not null)
    or (state = 'nihil' and (value is null or value != 0 or numerator != 0))
    or (state = 'waarde' and (value is null or value < 0 or (value = 0 and coalesce(numerator, 0) = 0)))
    or (state = 'voorlopig' and (value is null or value < 0))
    or (lower > value or value > upper)
    or (dimension_1 = 'totaal') != (category_1 = 'totaal')
{%- endmacro %}
