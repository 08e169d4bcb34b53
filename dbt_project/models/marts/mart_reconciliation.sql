with totals as (
    select * from {{ ref('dim_published_total') }}
),

parts as (
    select indicator_id, area_level, period_grain, period, sum(numerator) as parts_sum
    from {{ ref('fct_alg_misdrijven') }}
    where dimension_1 = 'totaal'
    group by indicator_id, area_level, period_grain, period
    -- a sum with a part missing would report the missing part as a difference
    having count(*) = count(numerator)
)

select
    cast(totals.indicator_id as {{ type_string() }}) as indicator_id,
    cast(totals.period_grain as {{ type_string() }}) as period_grain,
    cast(totals.period as {{ type_string() }}) as period,
    cast(parts.parts_sum as double) as parts_sum,
    cast(totals.whole as double) as whole,
    cast(parts.parts_sum - totals.whole as double) as difference,
    cast(totals.parts_name as {{ type_string() }}) as parts_name,
    cast(totals.whole_name as {{ type_string() }}) as whole_name
from totals
inner join parts
    on
        totals.indicator_id = parts.indicator_id
        and totals.parts_level = parts.area_level
        and totals.period_grain = parts.period_grain
        and totals.period = parts.period
