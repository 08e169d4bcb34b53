with meldingen as ({{ latest_revision(ref('stg_nla_meldingen'), by=['period']) }})

select
    'gemeente' as leaf_level,
    {{ area_code('gemeenten') }} as leaf_code,
    meldingen.period as base_period,
    meldingen.sector,
    meldingen.soort,
    meldingen.report_count,
    {{ is_area_known('gemeenten', 'meldingen.gemeente_name') }} as is_area_known
from meldingen
left join {{ ref('dim_period') }} as periods on periods.period_grain = 'kwartaal' and meldingen.period = periods.period
{{ join_area('gemeenten', 'gemeente', 'meldingen.gemeente_name', 'periods.start_date') }}
