with zaken as ({{ latest_revision(ref('stg_om_zaken'), by=['period']) }})

select
    'regio' as leaf_level,
    'DH' as leaf_code,
    period as base_period,
    wetsartikel,
    fase,
    leeftijdsgroep,
    case_count
from zaken
