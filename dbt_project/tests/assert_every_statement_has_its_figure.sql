-- An indicator that the seed names and mart_cross_sources does not read would be left out in silence; one without figures cannot be shown.
with shown as (
    select distinct indicator_id
    from {{ ref('mart_cross_sources') }}
),

figures as (
    select distinct indicator_id
    from {{ ref('mart_indicators') }}
    where area_level = 'regio' and period_grain in ('kwartaal', 'jaar')
)

select statements.onderwerp, statements.statement_rank
from {{ ref('dim_bronuitspraak') }} as statements
inner join figures on statements.indicator_id = figures.indicator_id
left join shown on statements.indicator_id = shown.indicator_id
where shown.indicator_id is null
