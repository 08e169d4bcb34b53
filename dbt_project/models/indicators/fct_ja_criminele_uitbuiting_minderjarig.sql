{{ indicator(
    'ja_criminele_uitbuiting_minderjarig',
    rows=ref('int_slachtoffers_split_by_vorm'),
    delivery='comensha_slachtoffers',
    base_grain='kwartaal',
    numerator='victim_id',
    where="leeftijdsgroep = '0-17' and uitbuitingsvorm = 'crimineel'",
    distinct=true,
) }}
