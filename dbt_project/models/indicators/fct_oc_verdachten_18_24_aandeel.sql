{{ indicator(
    'oc_verdachten_18_24_aandeel',
    rows=ref('int_online_verdachten_harmonised'),
    delivery='politie_online_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
    where="leeftijdsgroep = '18-24'",
    denominator='suspect_count',
    denominator_where="leeftijdsgroep != 'onbekend'",
    breakdowns=['geslacht'],
) }}
