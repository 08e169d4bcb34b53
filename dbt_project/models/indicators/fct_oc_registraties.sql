{{ indicator(
    'oc_registraties',
    rows=ref('int_online_registraties_harmonised'),
    delivery='politie_online_registraties',
    base_grain='maand',
    numerator='registration_count',
    population='totaal',
    breakdowns=['delictsoort', 'soort', 'leeftijdsgroep'],
) }}
