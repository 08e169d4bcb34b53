with incidenten as ({{ latest_revision(ref('stg_pvo_ondernemers'), by=['period']) }})

select
    'gemeente' as leaf_level,
    {{ area_code('gemeenten') }} as leaf_code,
    incidenten.period as base_period,
    incidenten.bedrijfsgrootte,
    incidenten.incidentsoort,
    incidenten.incident_count,
    {{ is_area_known('gemeenten', 'incidenten.gemeente_name') }} as is_area_known
from incidenten
left join {{ ref('dim_period') }} as periods on periods.period_grain = 'kwartaal' and incidenten.period = periods.period
{{ join_area('gemeenten', 'gemeente', 'incidenten.gemeente_name', 'periods.start_date') }}
