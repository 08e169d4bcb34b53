select
    gemeente as gemeente_name,
    schooljaar as period,
    leerlingen as pupil_count,
    absoluut_verzuim as unenrolled_count,
    relatief_verzuim as truant_count,
    voortijdig_schoolverlaters as early_leaver_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'leerplicht_verzuim') }}
