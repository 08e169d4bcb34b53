-- Only gemeenten that answered: of another two parts of ten would be known, and 1 of 2 is no score.
with answers as (
    select * from {{ ref('int_basisniveau_harmonised') }}
),

gemeenten as (
    select distinct leaf_level, leaf_code, base_period
    from answers
    where leaf_code not in ('onbekend', 'elders')
),

parts as (
    select 'training in het jaar (registratie RSIV)' as onderdeel, 'rsiv_activiteiten' as delivery
    union all
    select 'Dealbreakers (registratie RIEC)' as onderdeel, 'dealbreakers_deelname' as delivery
),

registered as (
    select 'rsiv_activiteiten' as delivery, leaf_level, leaf_code, substring(base_period, 1, 4) as base_period
    from {{ ref('int_activiteiten_split_by_area') }}
    where soort = 'training'
    union
    select 'dealbreakers_deelname' as delivery, leaf_level, leaf_code, substring(base_period, 1, 4) as base_period
    from {{ ref('int_dealbreakers_harmonised') }}
),

whole_years as (
    select distinct delivery, period
    from {{ ref('dim_delivery_period') }}
    where period_grain = 'jaar' and is_complete
)

select leaf_level, leaf_code, base_period, concat(onderdeel, ' (zelfopgave)') as onderdeel, in_place_count, part_count
from answers
union all
select
    gemeenten.leaf_level,
    gemeenten.leaf_code,
    gemeenten.base_period,
    parts.onderdeel,
    -- what did not happen is known when the whole year came
    case when registered.leaf_code is not null then 1 when whole_years.period is not null then 0 end as in_place_count,
    1 as part_count
from gemeenten
cross join parts
left join registered
    on
        parts.delivery = registered.delivery
        and gemeenten.leaf_level = registered.leaf_level
        and gemeenten.leaf_code = registered.leaf_code
        and gemeenten.base_period = registered.base_period
left join whole_years on parts.delivery = whole_years.delivery and gemeenten.base_period = whole_years.period
