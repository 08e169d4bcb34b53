{{ indicator(
    'ja_halt_geslaagd_aandeel',
    rows=ref('int_halt_harmonised'),
    delivery='halt_verwijzingen',
    base_grain='kwartaal',
    numerator='succeeded_count',
    denominator='completed_count',
    breakdowns=['delict'],
) }}
