{#- What `columns` name (a spelling, a code, a leaf) is one area at a time: two at one date would count the same row twice. -#}
{% test assert_one_area_at_any_date(model, columns) %}
select one.{{ columns | join(', one.') }}
from {{ model }} as one
inner join {{ model }} as other
    on
        {%- for column in columns %}
        one.{{ column }} = other.{{ column }}
        and
        {%- endfor %}
        one.area_code < other.area_code
        and one.valid_from <= other.valid_to
        and one.valid_to >= other.valid_from
{% endtest %}
