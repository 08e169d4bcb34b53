{{ indicator(
    'mh_minderjarig_aandeel',
    rows=ref('int_slachtoffers_split_by_vorm'),
    delivery='comensha_slachtoffers',
    base_grain='kwartaal',
    numerator='victim_id',
    where="leeftijdsgroep = '0-17'",
    distinct=true,
    denominator_where="leeftijdsgroep != 'onbekend'",
    breakdowns=['uitbuitingsvorm'],
) }}
