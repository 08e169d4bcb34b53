-- A, B and C are ABC to the person, in every period: each gets its share of the gemeente's own number.
with parts as (
    select
        districts.area_code as abc_code,
        people.period_grain,
        people.period,
        sum(people.population_count) as population_count
    from {{ ref('dim_population') }} as people
    inner join {{ ref('dim_area_ancestor') }} as districts
        on people.area_level = districts.leaf_level and people.area_code = districts.leaf_code and districts.area_level = 'abc'
    where people.area_level = 'district' and people.population_group = 'totaal'
    group by districts.area_code, people.period_grain, people.period
)

select whole.area_code, whole.period_grain, whole.period
from {{ ref('dim_population') }} as whole
inner join parts on whole.area_code = parts.abc_code and whole.period_grain = parts.period_grain and whole.period = parts.period
where whole.area_level = 'abc' and whole.population_group = 'totaal' and whole.population_count != parts.population_count
