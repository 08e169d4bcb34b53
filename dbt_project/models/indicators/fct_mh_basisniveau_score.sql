{{ indicator(
    'mh_basisniveau_score',
    rows=ref('int_basisniveau_harmonised'),
    delivery='gemeente_basisniveau',
    base_grain='jaar',
    numerator='in_place_count',
    denominator='part_count',
    breakdowns=['onderdeel'],
    coverage='any_leaf',
) }}
