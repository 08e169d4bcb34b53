{#- A name or code as a partner wrote it becomes an area code; `table_alias` names the join for `area_code()`.
    `on_date` is the first day of the period. An alias holds between its dates: a gemeente that ended is found as the gemeente of
    today in a row of before its end, and is unknown after it. -#}
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

{#- The leaf of a record with `gemeente_code` and `zorgregio_code`: a gemeente gives all levels above it; without one the zorgregio is
    the smallest area that is known, and the record is onbekend or elders below it. -#}
{% macro gemeente_or_zorgregio_leaf() -%}
case when gemeente_code in ('onbekend', 'elders') then 'zorgregio' else 'gemeente' end as leaf_level,
    case when gemeente_code in ('onbekend', 'elders') then concat(zorgregio_code, '-', gemeente_code) else gemeente_code end as leaf_code
{%- endmacro %}

{#- The last day of a validity; an open end is far away, so that `between` needs no exception. -#}
{% macro until(column) %}coalesce({{ column }}, cast('9999-12-31' as date)){% endmacro %}

{#-
Yearly open data of gemeenten as they were, added up to the gemeenten of today: the newest delivery of each year.

CBS delivers the whole country; an inner join keeps the region, so a gemeente outside it is dropped and not called elders. A year
in which one of the gemeenten that make up today's is missing has no row: a sum without it would be too small.
`name` is the column with the gemeente, `keys` are further columns beside it and the period, `counts` is the column to add.
-#}
{% macro gemeenten_of_today(relation, counts, keys=[], name='gemeente_name') %}
with newest as ({{ latest_revision(relation, by=['period'] + keys) }}),

years as (
    select period, start_date
    from {{ ref('dim_period') }}
    where period_grain = 'jaar'
),

parts as (
    select codes.area_code, years.period, count(*) as part_count
    from {{ ref('dim_area_code') }} as codes
    inner join years on years.start_date between codes.valid_from and codes.valid_to
    where codes.area_level = 'gemeente' and codes.area_code not in ('onbekend', 'elders')
    group by codes.area_code, years.period
)

select
    parts.area_code as gemeente_code,
    newest.period,
    {%- for key in keys %}
    newest.{{ key }},
    {%- endfor %}
    cast(sum(newest.{{ counts }}) as {{ type_bigint() }}) as {{ counts }}
from newest
inner join years on newest.period = years.period
{{ join_area('gemeenten', 'gemeente', 'newest.' ~ name, 'years.start_date') }}
inner join parts on gemeenten.area_code = parts.area_code and newest.period = parts.period
group by parts.area_code, newest.period, parts.part_count{% for key in keys %}, newest.{{ key }}{% endfor %}
having count(distinct gemeenten.named_code) = parts.part_count and count(*) = count(newest.{{ counts }})
{%- endmacro %}
