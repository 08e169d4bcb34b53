select
    kwartaal as period,
    wetsartikel,
    fase,
    leeftijdsgroep_verdachte as leeftijdsgroep,
    aantal as case_count,
    aantal_minstens as case_count_at_least,
    aantal_hoogstens as case_count_at_most,
    delivery_sha256,
    received_at
from {{ source('accepted', 'om_zaken') }}
