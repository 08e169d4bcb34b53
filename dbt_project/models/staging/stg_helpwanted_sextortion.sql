-- Until 2022 the first contact was called platform, and there was no motive: that stays null, for nobody was asked.
select
    kwartaal as period,
    leeftijdsgroep,
    motief,
    coalesce(eerste_contact, platform) as eerste_contact,
    aantal as report_count,
    aantal_minstens as report_count_at_least,
    aantal_hoogstens as report_count_at_most,
    delivery_sha256,
    received_at
from {{ source('accepted', 'helpwanted_sextortion') }}
