{{ indicator(
    'ja_vsv',
    rows=ref('int_leerplicht_harmonised'),
    delivery='leerplicht_verzuim',
    base_grain='schooljaar',
    numerator='early_leaver_count',
    denominator='pupil_count',
    coverage='every_leaf',
) }}
