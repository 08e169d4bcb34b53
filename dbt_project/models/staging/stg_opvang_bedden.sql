select
    locatie as location_code,
    doelgroep,
    datum as bed_date,
    capaciteit as bed_count,
    bezet as occupied_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'opvang_bedden') }}
