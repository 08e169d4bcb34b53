select
    melding_id as report_id,
    datum as report_date,
    soort_melder,
    gemeente as gemeente_name,
    uitbuitingsvorm,
    doorverwezen_naar,
    dagen_tot_eerste_actie as days_to_first_action_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'meldpunt_meldingen') }}
