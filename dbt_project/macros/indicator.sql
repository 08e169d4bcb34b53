{#-
An indicator from harmonised rows: one row per area, period and category, in the columns of every indicator.

Reads as a definition: what is counted (`numerator` where `where` holds, or distinct keys), of what (`denominator` for a share,
`population` for a rate: a group of dim_population), by what (`breakdowns`). The catalogue says at which levels and in which
periods it exists, per how many, and with which interval; see count_by_area for the other arguments.

population_by  breakdowns whose categories are groups of dim_population themselves: each is divided by its own group, and has no
               rate where there is none (onbekend)
-#}
{% macro indicator(
    indicator_id, rows, delivery, base_grain, numerator, where='true', distinct=false, denominator=none, denominator_where=none,
    population=none, population_by=[], breakdowns=[], total=true, standing=false, coverage='region', form=none
) %}
with indicator as (
    select * from {{ ref('dim_indicator') }}
    where indicator_id = '{{ indicator_id }}'
),

counted as (
    {{ count_by_area(rows, delivery, base_grain, numerator, where, distinct, denominator, denominator_where, breakdowns, total, standing, coverage, form) }}
)

select
{{ indicator_columns(denominator='people.population_count' if population else 'counted.denominator') }}
from counted
inner join indicator on {{ is_in_catalogue() }}
{%- if population %}
left join {{ ref('dim_population') }} as people
    on
        counted.area_level = people.area_level
        and counted.area_code = people.area_code
        and counted.period_grain = people.period_grain
        and counted.period = people.period
        and people.population_group = {% if population_by %}case when counted.dimension_1 in ('{{ population_by | join("', '") }}') then counted.category_1 else '{{ population }}' end{% else %}'{{ population }}'{% endif %}
{%- endif %}
{%- endmacro %}
