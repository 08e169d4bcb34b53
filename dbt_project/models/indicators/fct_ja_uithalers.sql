{{ indicator(
    'ja_uithalers',
    rows=ref('int_jeugd_verdachten_harmonised'),
    delivery='politie_jeugd_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
    where="delict = 'uithalen'",
    breakdowns=['leeftijd'],
) }}
