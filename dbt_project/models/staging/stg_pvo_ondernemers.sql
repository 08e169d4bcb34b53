select
    gemeente as gemeente_name,
    kwartaal as period,
    bedrijfsgrootte,
    incidentsoort,
    aantal as incident_count,
    aantal_minstens as incident_count_at_least,
    aantal_hoogstens as incident_count_at_most,
    delivery_sha256,
    received_at
from {{ source('accepted', 'pvo_ondernemers') }}
