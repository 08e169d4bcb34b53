with standen as ({{ newest_by_date(ref('stg_opvang_bedden'), 'bed_date', 'maand') }})

select
    'regio' as leaf_level,
    'DH' as leaf_code,
    base_period,
    bed_date,
    doelgroep,
    -- the last day that came, which need not be the last of the month
    case when bed_date = max(bed_date) over (partition by base_period) then 'laatste dag' else 'eerdere dag' end as peildag,
    bed_count,
    occupied_count
from standen
