with periods as (
    select * from {{ ref('dim_period') }}
)

select
    base.period_grain as base_grain,
    base.period as base_period,
    base.start_date as base_start_date,
    whole.period_grain,
    whole.period
from periods as base
inner join periods as whole
    on base.period_year = whole.period_year and base.start_date >= whole.start_date and base.end_date <= whole.end_date
