with verwijzingen as ({{ latest_revision(ref('stg_halt_verwijzingen'), by=['period']) }})

select
    'gemeente' as leaf_level,
    {{ area_code('gemeenten') }} as leaf_code,
    verwijzingen.period as base_period,
    verwijzingen.leeftijd,
    verwijzingen.delict,
    verwijzingen.referral_count,
    verwijzingen.completed_count,
    verwijzingen.succeeded_count,
    {{ is_area_known('gemeenten', 'verwijzingen.gemeente_name') }} as is_area_known
from verwijzingen
left join {{ ref('dim_period') }} as periods on periods.period_grain = 'kwartaal' and verwijzingen.period = periods.period
{{ join_area('gemeenten', 'gemeente', 'verwijzingen.gemeente_name', 'periods.start_date') }}
