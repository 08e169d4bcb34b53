select
    indicator_id,
    break_date,
    soort,
    area_level,
    area_code,
    titel,
    zin,
    bron
from {{ ref('gebeurtenissen') }}
