{#- A note to an indicator, area or period that does not exist is shown nowhere: the werkgroep wants to know, but no figure waits for it. -#}
{% test assert_every_note_has_its_figure(model) %}
{{ config(severity='warn') }}
select notes.note_id
from {{ model }} as notes
left join {{ ref('dim_indicator') }} as indicators on notes.indicator_id = indicators.indicator_id
left join {{ ref('dim_area') }} as areas on notes.area_level = areas.area_level and notes.area_code = areas.area_code
left join {{ ref('dim_period') }} as periods on notes.period = periods.period
where
    indicators.indicator_id is null
    or areas.area_code is null
    or periods.period is null
    or indicators.area_levels not like concat('%|', notes.area_level, '|%')
{% endtest %}
