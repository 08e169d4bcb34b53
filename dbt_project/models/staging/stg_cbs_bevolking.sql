select
    gemeente as gemeente_name,
    jaar as period,
    leeftijd as age,
    geslacht as sex,
    inwoners as inhabitant_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'cbs_bevolking') }}
