select
    jaar as period,
    wijk as wijk_code,
    naam as wijk_name,
    gemeente as gemeente_name,
    regio as region_name,
    inwoners as inhabitant_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'cbs_gebieden') }}
