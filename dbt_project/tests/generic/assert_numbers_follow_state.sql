{% test assert_numbers_follow_state(model) %}
select indicator_id, area_level, area_code, period, state
from {{ model }}
where
    (state = 'onbekend' and coalesce(value, numerator, denominator) is not null)
    or (state = 'nihil' and (value is null or value != 0 or numerator != 0))
    or (state = 'waarde' and (value is null or value <= 0 or numerator is null))
    or (dimension_1 = 'totaal') != (category_1 = 'totaal')
{% endtest %}
