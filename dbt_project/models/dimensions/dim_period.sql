-- two lists of values, not unions: those were 2,232 plan nodes on Spark, and its slowest model
with months as (
    select
        years.period_year,
        month_numbers.month_number,
        cast(concat(years.period_year, '-', lpad(cast(month_numbers.month_number as {{ type_string() }}), 2, '0'), '-01') as date) as start_date
    from (values ({{ range(var('first_year') | int, var('last_year') | int + 1) | join('), (') }})) as years (period_year)
    cross join (values ({{ range(1, 13) | join('), (') }})) as month_numbers (month_number)
),

-- grain, notation, months it lasts, months at which one starts; a school year runs from 1 August (Leerplichtwet 1969)
periods as (
    select 'maand' as period_grain, concat(period_year, '-', lpad(cast(month_number as {{ type_string() }}), 2, '0')) as period, 1 as month_count, *
    from months
    union all
    select 'kwartaal' as period_grain, concat(period_year, 'Q', cast((month_number + 2) / 3 as {{ type_int() }})) as period, 3 as month_count, *
    from months
    where month_number in (1, 4, 7, 10)
    union all
    select 'jaar' as period_grain, cast(period_year as {{ type_string() }}) as period, 12 as month_count, *
    from months
    where month_number = 1
    union all
    -- a survey that is held every two years is named by the year in which it was held
    select 'twee_jaar' as period_grain, cast(period_year as {{ type_string() }}) as period, 12 as month_count, *
    from months
    where month_number = 1
    union all
    select 'schooljaar' as period_grain, concat(period_year, '/', substring(cast(period_year + 1 as {{ type_string() }}), 3, 2)) as period, 12 as month_count, *
    from months
    where month_number = 8
    union all
    select 'drie_jaar' as period_grain, concat(period_year, '/', substring(cast(period_year + 2 as {{ type_string() }}), 3, 2)) as period, 36 as month_count, *
    from months
    where month_number = 1
)

select
    period_grain,
    period,
    period_year,
    start_date,
    cast({{ dateadd('day', -1, dateadd('month', 'month_count', 'start_date')) }} as date) as end_date
from periods
