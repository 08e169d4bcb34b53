select
    duiding_id as note_id,
    datum as note_date,
    indicator_id,
    gebied_niveau as area_level,
    gebied_code as area_code,
    periode as period,
    titel as title,
    tekst as note,
    opgesteld_door as written_by,
    status,
    zichtbaar_voor as visible_to,
    geldig_tot as valid_to_date,
    delivery_sha256,
    received_at
from {{ source('accepted', 'duiding') }}
