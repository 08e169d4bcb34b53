select
    activiteit_id,
    activiteit,
    soort,
    thema,
    actielijn,
    doelgroep,
    area_level,
    area_code,
    activity_date,
    participant_count,
    rating
from {{ ref('int_activiteiten_harmonised') }}
