{#- A name or code as a partner wrote it becomes an area code; `table_alias` names the join for `area_code()`.
    An alias holds between its dates, so that a merged gemeente is not found after its merger. -#}
{% macro join_area(table_alias, level, name, on_date) %}
left join {{ ref('dim_area_alias') }} as {{ table_alias }}
    on
        {{ table_alias }}.area_level = '{{ level }}'
        and {{ table_alias }}.alias = {{ normalised(name) }}
        and {{ on_date }} between {{ table_alias }}.valid_from and {{ table_alias }}.valid_to
{%- endmacro %}

{#- The code found by `join_area`, else 'onbekend': such a row counts in the regional total and stands as its own row. -#}
{% macro area_code(table_alias) %}coalesce({{ table_alias }}.area_code, 'onbekend'){% endmacro %}

{#- False where a name was given and no alias knows it; the warning counts these without showing them. -#}
{% macro is_area_known(table_alias, name) %}({{ table_alias }}.area_code is not null or {{ name }} is null){% endmacro %}
