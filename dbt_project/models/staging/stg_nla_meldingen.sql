select
    gemeente as gemeente_name,
    kwartaal as period,
    sector,
    soort,
    aantal as report_count,
    aantal_minstens as report_count_at_least,
    aantal_hoogstens as report_count_at_most,
    delivery_sha256,
    received_at
from {{ source('accepted', 'nla_meldingen') }}
