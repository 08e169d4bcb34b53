{{ indicator(
    'mh_opvang_niet_geplaatst_aandeel',
    rows=ref('int_opvang_harmonised'),
    delivery='avim_opvang',
    base_grain='maand',
    numerator='not_placed_count',
    denominator='sought_count',
    breakdowns=['doelgroep'],
) }}
