select
    zorgregio as zorgregio_name,
    gemeente as gemeente_name,
    kwartaal as period,
    thema,
    pga_casussen as pga_case_count,
    pga_casussen_minstens as pga_case_count_at_least,
    pga_casussen_hoogstens as pga_case_count_at_most,
    zorgmeldingen as care_report_count,
    zorgmeldingen_minstens as care_report_count_at_least,
    zorgmeldingen_hoogstens as care_report_count_at_most,
    delivery_sha256,
    received_at
from {{ source('accepted', 'zvh_pga') }}
