with verdachten as ({{ latest_revision(ref('stg_politie_online_verdachten'), by=['period']) }})

select
    'basisteam' as leaf_level,
    {{ area_code('basisteams') }} as leaf_code,
    verdachten.period as base_period,
    verdachten.leeftijdsgroep,
    verdachten.geslacht,
    verdachten.rol,
    verdachten.suspect_count,
    {{ is_area_known('basisteams', 'verdachten.basisteam_name') }} as is_area_known
from verdachten
left join {{ ref('dim_period') }} as periods on periods.period_grain = 'kwartaal' and verdachten.period = periods.period
{{ join_area('basisteams', 'basisteam', 'verdachten.basisteam_name', 'periods.start_date') }}
