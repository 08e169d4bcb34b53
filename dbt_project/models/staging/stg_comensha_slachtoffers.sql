select
    pseudoniem as victim_id,
    meldkwartaal as period,
    melder,
    zorgregio as zorgregio_name,
    gemeente as gemeente_name,
    leeftijdsgroep,
    geslacht,
    nationaliteitsgroep,
    uitbuitingsvormen,
    sector,
    delivery_sha256,
    received_at
from {{ source('accepted', 'comensha_slachtoffers') }}
