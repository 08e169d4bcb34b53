{#- The age bands of the partners, of which no two have the same: first and last year of age. -#}
{%- set bands = [
    (0, 17), (12, 13), (14, 15), (16, 17), (12, 17), (12, 23), (18, 22), (18, 23), (18, 24), (23, 29), (25, 39), (30, 39), (40, 59)
] -%}
with ages as (
    select * from {{ ref('int_bevolking_harmonised') }}
    where sex = 'totaal'
)

select gemeente_code, period, sex as population_group, inhabitant_count
from {{ ref('int_bevolking_harmonised') }}
where age = 'totaal'
{%- for first, last in bands %}
union all
select gemeente_code, period, '{{ first }}-{{ last }}' as population_group, cast(sum(inhabitant_count) as {{ type_bigint() }}) as inhabitant_count
from ages
where age in ('{{ range(first, last + 1) | join("', '") }}')
group by gemeente_code, period
having count(*) = {{ last + 1 - first }}
{%- endfor %}
union all
-- CBS delivers each year of age to 59: who is 60 or older is everybody but those
select
    gemeente_code,
    period,
    '60+' as population_group,
    cast(sum(case when age = 'totaal' then inhabitant_count else -inhabitant_count end) as {{ type_bigint() }}) as inhabitant_count
from ages
group by gemeente_code, period
having count(*) = 1 + 60
