select
    gemeente as gemeente_name,
    jaar as period,
    beleid_mensenhandel as has_beleid_mensenhandel,
    aandachtsfunctionaris as has_aandachtsfunctionaris,
    zorgcoordinatie as has_zorgcoordinatie,
    actieve_signalering as has_actieve_signalering,
    intern_signalenoverleg as has_intern_signalenoverleg,
    bibob_beleid as has_bibob_beleid,
    damocles_beleid as has_damocles_beleid,
    apv_ondermijningsproof as has_apv_ondermijningsproof,
    delivery_sha256,
    received_at
from {{ source('accepted', 'gemeente_basisniveau') }}
