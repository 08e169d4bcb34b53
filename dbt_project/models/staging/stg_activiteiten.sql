select
    aanbod_id as offer_id,
    kwartaal as period,
    titel as title,
    soort,
    thema,
    actielijn,
    doelgroep,
    inhoud,
    aanbieder,
    vorm,
    duur as duration_hours,
    district as district_name,
    aanmelden as how_to_join,
    geldig_van as valid_from_date,
    geldig_tot as valid_to_date,
    delivery_sha256,
    received_at
from {{ source('accepted', 'activiteiten') }}
