select
    basisteam as basisteam_name,
    kwartaal as period,
    leeftijdsgroep,
    geslacht,
    rol,
    aantal as suspect_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'politie_online_verdachten') }}
