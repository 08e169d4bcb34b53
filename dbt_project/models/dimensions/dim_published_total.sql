-- StatLine writes a total of its own for the police unit: the quality report compares it with the sum of our gemeenten.
with crimes as ({{ latest_revision(ref('stg_politie_misdrijven'), by=['period']) }})

select
    'alg_misdrijven' as indicator_id,
    'jaar' as period_grain,
    crimes.period,
    'gemeente' as parts_level,
    'som van de gemeenten' as parts_name,
    'politie-eenheid Den Haag volgens StatLine' as whole_name,
    cast(crimes.crime_count as {{ type_bigint() }}) as whole
from crimes
inner join {{ ref('dim_area_alias') }} as aliases
    on aliases.area_level = 'regio' and aliases.alias = {{ normalised('crimes.region_name') }}
