{{ indicator(
    'mh_heit_controles',
    rows=ref('int_heit_controles_harmonised'),
    delivery='heit_controles',
    base_grain='maand',
    numerator='inspection_count',
    breakdowns=['branche'],
) }}
