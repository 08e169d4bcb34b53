{{ indicator(
    'x_weerbaarheid_gemeente',
    rows=ref('int_weerbaarheid_harmonised'),
    delivery='gemeente_basisniveau',
    base_grain='jaar',
    numerator='in_place_count',
    denominator='part_count',
    breakdowns=['onderdeel'],
    coverage='any_leaf',
) }}
