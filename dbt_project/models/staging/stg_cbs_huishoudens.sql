select
    gemeente as gemeente_name,
    jaar as period,
    huishoudens as household_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'cbs_huishoudens') }}
