-- Until 2022 the form had other age bands and platforms, and no motive: there nobody was asked, which is not 0.
with meldingen as ({{ latest_revision(ref('stg_helpwanted_sextortion'), by=['period']) }})

select
    'regio' as leaf_level,
    'DH' as leaf_code,
    period as base_period,
    case when motief is null then 'tot en met 2022' else 'vanaf 2023' end as form,
    leeftijdsgroep,
    motief,
    eerste_contact,
    -- the bands of both forms have a border at 18
    leeftijdsgroep in ('0-17', '0-11', '12-17') as is_minor,
    report_count
from meldingen
