select
    controle_id as inspection_id,
    datum as inspection_date,
    gemeente as gemeente_name,
    branche,
    misstanden,
    signaal_mensenhandel as has_signaal_mensenhandel,
    interventie,
    delivery_sha256,
    received_at
from {{ source('accepted', 'heit_controles') }}
