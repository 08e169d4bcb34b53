select
    regio as region_name,
    jaar as period,
    misdrijven as crime_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'politie_misdrijven') }}
