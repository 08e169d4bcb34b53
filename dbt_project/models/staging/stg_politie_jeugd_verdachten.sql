select
    basisteam_woonplaats as basisteam_name,
    kwartaal as period,
    leeftijd,
    delict,
    first_offender as is_first_offender,
    aantal as suspect_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'politie_jeugd_verdachten') }}
