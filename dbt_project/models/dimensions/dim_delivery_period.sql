with members as (
    select * from {{ ref('dim_period_member') }}
),

-- who delivers a quarter has delivered its months too
base_periods as (
    select
        calendar.delivery,
        calendar.is_delivered,
        coalesce(calendar.final_on <= {{ known_on() }}, true) as is_final,
        members.base_grain,
        members.base_period
    from {{ ref('stg_delivery_calendar') }} as calendar
    inner join members on calendar.period_grain = members.period_grain and calendar.period = members.period
),

lengths as (
    select base_grain, period_grain, period, count(*) as base_count
    from members
    group by base_grain, period_grain, period
),

-- a period of which some part is not due yet, or was before the first delivery, is no gap: it is not listed
wholes as (
    select
        base_periods.delivery,
        members.base_grain,
        members.period_grain,
        members.period,
        min(case when base_periods.is_delivered then 1 else 0 end) = 1 as is_complete,
        min(case when base_periods.is_final then 1 else 0 end) = 1 as is_final
    from base_periods
    inner join members on base_periods.base_grain = members.base_grain and base_periods.base_period = members.base_period
    inner join lengths
        on members.base_grain = lengths.base_grain and members.period_grain = lengths.period_grain and members.period = lengths.period
    group by base_periods.delivery, members.base_grain, members.period_grain, members.period, lengths.base_count
    having count(*) = lengths.base_count
)

select
    wholes.delivery,
    wholes.base_grain,
    members.base_period,
    members.base_start_date,
    wholes.period_grain,
    wholes.period,
    members.is_last_base,
    wholes.is_complete,
    wholes.is_final
from wholes
inner join members
    on wholes.base_grain = members.base_grain and wholes.period_grain = members.period_grain and wholes.period = members.period
