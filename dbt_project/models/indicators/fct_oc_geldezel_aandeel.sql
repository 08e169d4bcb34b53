{{ indicator(
    'oc_geldezel_aandeel',
    rows=ref('int_online_verdachten_harmonised'),
    delivery='politie_online_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
    where="rol = 'geldezel'",
    denominator='suspect_count',
    denominator_where="rol != 'onbekend'",
    breakdowns=['leeftijdsgroep'],
) }}
