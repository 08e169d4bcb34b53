{{ indicator(
    'ja_drugs',
    rows=ref('int_jeugd_verdachten_harmonised'),
    delivery='politie_jeugd_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
    where="delict = 'drugs'",
    population='12-23',
    population_by=['leeftijd'],
    breakdowns=['leeftijd'],
) }}
