with registraties as ({{ latest_revision(ref('stg_politie_mensenhandel'), by=['period']) }})

select
    'basisteam' as leaf_level,
    {{ area_code('basisteams') }} as leaf_code,
    registraties.period as base_period,
    registraties.soort,
    registraties.uitbuitingsvorm,
    registraties.leeftijdsgroep,
    registraties.registration_count,
    {{ is_area_known('basisteams', 'registraties.basisteam_name') }} as is_area_known
from registraties
left join {{ ref('dim_period') }} as periods on periods.period_grain = 'kwartaal' and registraties.period = periods.period
{{ join_area('basisteams', 'basisteam', 'registraties.basisteam_name', 'periods.start_date') }}
