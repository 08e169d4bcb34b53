{%- set age_groups = {'12-17': range(12, 18), '18-23': range(18, 24), '12-23': range(12, 24)} -%}
with inhabitants as (
    select * from {{ ref('int_bevolking_harmonised') }}
),

periods as (
    select * from {{ ref('dim_period') }}
    where period_grain = 'jaar'
),

by_gemeente as (
    select gemeente_code, period, 'totaal' as age_group, inhabitant_count
    from inhabitants
    where age = 'totaal'
    {%- for group, ages in age_groups.items() %}
    union all
    select gemeente_code, period, '{{ group }}' as age_group, sum(inhabitant_count) as inhabitant_count
    from inhabitants
    where age in ('{{ ages | join("', '") }}')
    group by gemeente_code, period
    having count(*) = {{ ages | length }}
    {%- endfor %}
),

-- which gemeenten an area has on 1 January; A, B and C have none, and their population is not known
members as (
    select
        area_members.area_level,
        area_members.area_code,
        area_members.leaf_code as gemeente_code,
        periods.period,
        periods.period_year,
        count(*) over (partition by area_members.area_level, area_members.area_code, periods.period) as gemeente_count
    from {{ ref('dim_area_member') }} as area_members
    inner join periods on periods.start_date between area_members.valid_from and area_members.valid_to
    where area_members.leaf_level = 'gemeente' and area_members.leaf_code not in ('onbekend', 'elders')
),

known as (
    select
        members.area_level,
        members.area_code,
        members.period_year,
        by_gemeente.age_group,
        sum(by_gemeente.inhabitant_count) as inhabitant_count
    from members
    inner join by_gemeente on members.gemeente_code = by_gemeente.gemeente_code and members.period = by_gemeente.period
    group by members.area_level, members.area_code, members.period_year, by_gemeente.age_group, members.gemeente_count
    having count(*) = members.gemeente_count
),

-- a year that CBS has not published yet takes the nearest earlier one
nearest as (
    select
        known.area_level,
        known.area_code,
        periods.period_year,
        known.age_group,
        max(known.period_year) as population_year
    from periods
    inner join known on periods.period_year >= known.period_year
    group by known.area_level, known.area_code, periods.period_year, known.age_group
)

select
    nearest.area_level,
    nearest.area_code,
    nearest.period_year,
    nearest.age_group,
    nearest.population_year,
    cast(known.inhabitant_count as {{ type_bigint() }}) as inhabitant_count
from nearest
inner join known
    on
        nearest.area_level = known.area_level
        and nearest.area_code = known.area_code
        and nearest.age_group = known.age_group
        and nearest.population_year = known.period_year
