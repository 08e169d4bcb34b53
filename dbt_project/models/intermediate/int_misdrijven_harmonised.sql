-- StatLine delivers the whole country; an inner join keeps the region, so a gemeente outside it is dropped and not called elders.
with crimes as ({{ latest_revision(ref('stg_politie_misdrijven'), by=['period']) }})

select
    'gemeente' as leaf_level,
    aliases.area_code as leaf_code,
    crimes.period as base_period,
    crimes.crime_count
from crimes
inner join {{ ref('dim_period') }} as periods on periods.period_grain = 'jaar' and crimes.period = periods.period
inner join {{ ref('dim_area_alias') }} as aliases
    on
        aliases.area_level = 'gemeente'
        and aliases.alias = {{ normalised('crimes.region_name') }}
        and periods.start_date between aliases.valid_from and aliases.valid_to
