select
    gemeente as gemeente_name,
    jaar as period,
    vestigingen as establishment_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'cbs_bedrijven') }}
