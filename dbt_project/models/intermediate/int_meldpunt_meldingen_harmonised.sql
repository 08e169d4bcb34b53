with meldingen as ({{ newest_by_date(ref('stg_meldpunt_meldingen'), 'report_date', 'maand') }})

select
    meldingen.report_id,
    'gemeente' as leaf_level,
    {{ area_code('gemeenten') }} as leaf_code,
    meldingen.base_period,
    meldingen.soort_melder,
    meldingen.uitbuitingsvorm,
    meldingen.days_to_first_action_count,
    1 as report_count,
    {{ is_area_known('gemeenten', 'meldingen.gemeente_name') }} as is_area_known
from meldingen
{{ join_area('gemeenten', 'gemeente', 'meldingen.gemeente_name', 'meldingen.base_start_date') }}
