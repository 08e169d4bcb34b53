select
    kwartaal as period,
    titel as title,
    themas,
    omschrijving,
    doelgroep,
    trekker,
    bijeenkomst as meeting,
    bijeenkomst_op as meeting_date,
    delivery_sha256,
    received_at
from {{ source('accepted', 'kwartaalthemas') }}
