select
    basisteam as basisteam_name,
    maand as period,
    delictsoort,
    soort,
    leeftijdsgroep_slachtoffer as leeftijdsgroep,
    aantal as registration_count,
    cast(schadebedrag as decimal(18, 2)) as damage_amount,
    delivery_sha256,
    received_at
from {{ source('accepted', 'politie_online_registraties') }}
