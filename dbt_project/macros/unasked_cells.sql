{#-
Where the form of a delivery changed: a category that the form of a base period did not have is unknown there, for nobody was asked.
A category belongs to the forms on which it was ever counted; a row without category tells that its form did not ask for the dimension.
-#}
{% macro form_lists(rows, form, breakdowns) %}
form_lists as (
    {%- for dimension in breakdowns %}
    select distinct {{ form }} as form, '{{ dimension }}' as dimension_1, cast({{ dimension }} as {{ type_string() }}) as category_1
    from {{ rows }}
    where {{ dimension }} is not null
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),
{%- endmacro %}

{#- More rows for `observed` of count_by_area: one unknown per leaf for each category that the form of a base period did not have. -#}
{% macro unasked_cells(rows, form) %}
    select
        leaves.leaf_level,
        leaves.leaf_code,
        forms.base_period,
        categories.dimension_1,
        categories.category_1,
        null as numerator,
        null as denominator,
        1 as unknown_count
    from (select distinct leaf_level, leaf_code from {{ rows }}) as leaves
    cross join (select distinct base_period, {{ form }} as form from {{ rows }}) as forms
    cross join (select distinct dimension_1, category_1 from form_lists) as categories
    left join form_lists
        on
            forms.form = form_lists.form
            and categories.dimension_1 = form_lists.dimension_1
            and categories.category_1 = form_lists.category_1
    where form_lists.form is null
{%- endmacro %}
