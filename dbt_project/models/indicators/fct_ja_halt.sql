{{ indicator(
    'ja_halt',
    rows=ref('int_halt_harmonised'),
    delivery='halt_verwijzingen',
    base_grain='kwartaal',
    numerator='referral_count',
    population='12-17',
    population_by=['leeftijd'],
    breakdowns=['leeftijd', 'delict'],
) }}
