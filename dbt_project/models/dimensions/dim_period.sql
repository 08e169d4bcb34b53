with years as (
    {%- for year in range(var('first_year') | int, var('last_year') | int + 1) %}
    select {{ year }} as period_year
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

numbers as (
    {%- for month in range(1, 13) %}
    select {{ month }} as month_number, {{ (month - 1) // 3 + 1 }} as quarter_number
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

months as (
    select
        years.period_year,
        numbers.quarter_number,
        concat(years.period_year, '-', lpad(cast(numbers.month_number as {{ type_string() }}), 2, '0')) as period,
        cast(concat(years.period_year, '-', lpad(cast(numbers.month_number as {{ type_string() }}), 2, '0'), '-01') as date) as start_date
    from years
    cross join numbers
)

select
    'maand' as period_grain,
    period,
    period_year,
    start_date,
    {{ last_day('start_date', 'month') }} as end_date
from months
union all
select
    'kwartaal' as period_grain,
    concat(period_year, 'Q', quarter_number) as period,
    period_year,
    min(start_date) as start_date,
    {{ last_day('max(start_date)', 'month') }} as end_date
from months
group by period_year, quarter_number
union all
select
    'jaar' as period_grain,
    cast(period_year as {{ type_string() }}) as period,
    period_year,
    min(start_date) as start_date,
    {{ last_day('max(start_date)', 'month') }} as end_date
from months
group by period_year
