-- A wijk has its code and borders of one edition, so the newest one is taken whole and for all years.
with wijken as ({{ latest_revision(ref('stg_cbs_gebieden'), by=['period']) }}),

newest as (
    select max(period) as period
    from wijken
)

select
    wijken.wijk_code,
    wijken.wijk_name,
    wijken.gemeente_name as gemeente_code,
    wijken.period as edition,
    wijken.inhabitant_count
from wijken
inner join newest on wijken.period = newest.period
