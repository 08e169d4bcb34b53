with schooljaren as ({{ latest_revision(ref('stg_leerplicht_verzuim'), by=['period']) }})

select
    'gemeente' as leaf_level,
    {{ area_code('gemeenten') }} as leaf_code,
    schooljaren.period as base_period,
    schooljaren.pupil_count,
    schooljaren.truant_count,
    schooljaren.unenrolled_count,
    schooljaren.early_leaver_count,
    {{ is_area_known('gemeenten', 'schooljaren.gemeente_name') }} as is_area_known
from schooljaren
left join {{ ref('dim_period') }} as periods on periods.period_grain = 'schooljaar' and schooljaren.period = periods.period
{{ join_area('gemeenten', 'gemeente', 'schooljaren.gemeente_name', 'periods.start_date') }}
