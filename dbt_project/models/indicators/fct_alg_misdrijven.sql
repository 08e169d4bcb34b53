{{ indicator(
    'alg_misdrijven',
    rows=ref('int_misdrijven_harmonised'),
    delivery='politie_misdrijven',
    base_grain='jaar',
    numerator='crime_count',
    population='totaal',
    coverage='every_leaf',
) }}
