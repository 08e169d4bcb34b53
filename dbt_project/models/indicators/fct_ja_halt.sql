{{ indicator(
    'ja_halt',
    rows=ref('int_halt_harmonised'),
    delivery='halt_verwijzingen',
    base_grain='kwartaal',
    numerator='referral_count',
    population='12-17',
    breakdowns=['leeftijd', 'delict'],
) }}
