select
    zaak_id as case_id,
    maand as period,
    doelgroep,
    slachtoffers_gevonden as found_count,
    opvang_gezocht as sought_count,
    geplaatst as placed_count,
    nachten_zonder_plek as nights_without_place_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'avim_opvang') }}
