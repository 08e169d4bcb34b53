select
    gemeente as gemeente_name,
    kwartaal as period,
    leeftijd,
    delict,
    aantal as referral_count,
    aantal_minstens as referral_count_at_least,
    aantal_hoogstens as referral_count_at_most,
    afgerond as completed_count,
    afgerond_minstens as completed_count_at_least,
    afgerond_hoogstens as completed_count_at_most,
    geslaagd as succeeded_count,
    geslaagd_minstens as succeeded_count_at_least,
    geslaagd_hoogstens as succeeded_count_at_most,
    delivery_sha256,
    received_at
from {{ source('accepted', 'halt_verwijzingen') }}
