with crimes as ({{ gemeenten_of_today(ref('stg_politie_misdrijven'), counts='crime_count', name='region_name') }})

select
    'gemeente' as leaf_level,
    gemeente_code as leaf_code,
    period as base_period,
    crime_count
from crimes
