{%- set steps_a_year = {'maand': 12, 'kwartaal': 4, 'jaar': 1, 'schooljaar': 1} -%}
with periods as (
    {%- for grain, steps in steps_a_year.items() %}
    select
        period_grain,
        period,
        start_date,
        end_date,
        lag(period, {{ steps }}) over (order by start_date) as earlier_period,
        lag(start_date, {{ steps }}) over (order by start_date) as earlier_start_date
    from {{ ref('dim_period') }}
    where period_grain = '{{ grain }}'
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
)

select
    period_grain,
    period,
    cast(extract(year from start_date) * 12 + extract(month from start_date) as {{ type_int() }}) as start_month,
    end_date,
    earlier_period,
    earlier_start_date
from periods
where earlier_period is not null
