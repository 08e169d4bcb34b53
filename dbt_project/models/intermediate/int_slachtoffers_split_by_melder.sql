with slachtoffers as (
    select * from {{ ref('int_slachtoffers_harmonised') }}
),

melders as (
    select distinct melder
    from slachtoffers
)

-- every victim stands beside every organisation: the share of one is of all victims, and not of its own
select
    slachtoffers.victim_id,
    slachtoffers.leaf_level,
    slachtoffers.leaf_code,
    slachtoffers.base_period,
    melders.melder,
    slachtoffers.melder = melders.melder as is_reported_by_melder
from slachtoffers
cross join melders
