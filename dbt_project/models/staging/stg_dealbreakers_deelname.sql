select
    deelname_id,
    datum as participation_date,
    gemeente as gemeente_name,
    school,
    schoolsoort,
    leeftijdsgroep,
    interventie,
    leerlingen_bereikt as pupil_count,
    signaaloverleg as has_signaaloverleg,
    delivery_sha256,
    received_at
from {{ source('accepted', 'dealbreakers_deelname') }}
