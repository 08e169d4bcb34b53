{{ indicator(
    'ja_dealbreakers_leerlingen',
    rows=ref('int_dealbreakers_harmonised'),
    delivery='dealbreakers_deelname',
    base_grain='maand',
    numerator='pupil_count',
    breakdowns=['interventie'],
) }}
