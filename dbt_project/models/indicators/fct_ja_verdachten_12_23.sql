{{ indicator(
    'ja_verdachten_12_23',
    rows=ref('int_jeugd_verdachten_harmonised'),
    delivery='politie_jeugd_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
    population='12-23',
    population_by=['leeftijd'],
    breakdowns=['leeftijd', 'delict'],
) }}
