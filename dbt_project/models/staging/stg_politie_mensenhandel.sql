select
    basisteam as basisteam_name,
    kwartaal as period,
    soort,
    uitbuitingsvorm,
    leeftijdsgroep,
    aantal as registration_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'politie_mensenhandel') }}
