select
    activiteit_id,
    activiteit,
    soort,
    thema,
    actielijn,
    doelgroep,
    district as district_name,
    gemeente as gemeente_name,
    datum as activity_date,
    deelnemers as participant_count,
    waardering as rating,
    delivery_sha256,
    received_at
from {{ source('accepted', 'rsiv_activiteiten') }}
