{#- Warns with the number of rows whose area name no alias knows; the names themselves stay out of every log. -#}
{% test assert_areas_are_known(model) %}
{{ config(severity='warn', fail_calc='coalesce(sum(unmatched_count), 0)') }}
select count(*) as unmatched_count
from {{ model }}
where not is_area_known
having count(*) > 0
{% endtest %}
