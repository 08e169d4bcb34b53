{% test assert_numbers_follow_state(model) %}
select indicator_id, area_level, area_code, period, state
from {{ model }}
where {{ is_state_broken() }}
{% endtest %}
