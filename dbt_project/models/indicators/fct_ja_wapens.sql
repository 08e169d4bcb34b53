{{ indicator(
    'ja_wapens',
    rows=ref('int_jeugd_verdachten_harmonised'),
    delivery='politie_jeugd_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
    where="delict = 'wapen'",
    population='12-23',
    population_by=['leeftijd'],
    breakdowns=['leeftijd'],
) }}
