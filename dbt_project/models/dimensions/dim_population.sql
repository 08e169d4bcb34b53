with known as (
    select * from {{ ref('int_population_counted_by_area') }}
    -- nobody is no denominator: without a row the rate is unknown
    where population_count > 0
),

periods as (
    select
        period_grain,
        period,
        period_year as first_year,
        period_year + case when period_grain = 'drie_jaar' then 2 else 0 end as last_year
    from {{ ref('dim_period') }}
),

years as (
    select distinct first_year as period_year
    from periods
),

-- a year that CBS has not published yet takes the nearest earlier one; a later one is never used for what was before it
nearest as (
    select known.area_level, known.area_code, known.population_group, years.period_year, max(known.period_year) as population_year
    from years
    inner join known on years.period_year >= known.period_year
    group by known.area_level, known.area_code, known.population_group, years.period_year
),

yearly as (
    select nearest.*, known.population_count, known.is_derived
    from nearest
    inner join known
        on
            nearest.area_level = known.area_level
            and nearest.area_code = known.area_code
            and nearest.population_group = known.population_group
            and nearest.population_year = known.period_year
)

-- a rate over three years divides by the people of all three, so that it is a yearly mean
select
    yearly.area_level,
    yearly.area_code,
    periods.period_grain,
    periods.period,
    yearly.population_group,
    max(yearly.population_year) as population_year,
    cast(sum(yearly.population_count) as {{ type_bigint() }}) as population_count,
    max(case when yearly.is_derived then 1 else 0 end) = 1 as is_derived
from periods
inner join yearly on yearly.period_year between periods.first_year and periods.last_year
group by yearly.area_level, yearly.area_code, periods.period_grain, periods.period, yearly.population_group, periods.first_year, periods.last_year
having count(*) = periods.last_year - periods.first_year + 1
