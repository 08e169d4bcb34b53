{{ indicator(
    'mh_heit_misstand_aandeel',
    rows=ref('int_heit_controles_harmonised'),
    delivery='heit_controles',
    base_grain='maand',
    numerator='misstand_count',
    denominator='inspection_count',
    breakdowns=['branche'],
) }}
