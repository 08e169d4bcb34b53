-- a break in a gemeente is one in all that holds the gemeente; a break without an area is one everywhere
select
    events.indicator_id,
    areas.area_level,
    areas.area_code,
    periods.period_grain,
    periods.period,
    min(events.titel) as titel
from {{ ref('dim_gebeurtenis') }} as events
inner join {{ ref('dim_earlier_period') }} as periods
    on events.break_date > periods.earlier_start_date and events.break_date <= periods.end_date
inner join {{ ref('dim_area_ancestor') }} as areas
    on events.area_code is null or (events.area_level = areas.leaf_level and events.area_code = areas.leaf_code)
where events.soort = 'trendbreuk'
group by events.indicator_id, areas.area_level, areas.area_code, periods.period_grain, periods.period
