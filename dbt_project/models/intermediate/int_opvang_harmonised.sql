with zaken as ({{ latest_revision(ref('stg_avim_opvang'), by=['period']) }})

select
    case_id,
    'regio' as leaf_level,
    'DH' as leaf_code,
    period as base_period,
    doelgroep,
    found_count,
    sought_count,
    -- AVIM does not deliver it: for whom shelter was sought and none was found
    sought_count - placed_count as not_placed_count
from zaken
