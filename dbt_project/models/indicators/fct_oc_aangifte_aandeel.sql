{{ indicator(
    'oc_aangifte_aandeel',
    rows=ref('int_online_registraties_harmonised'),
    delivery='politie_online_registraties',
    base_grain='maand',
    numerator='registration_count',
    where="soort = 'aangifte'",
    denominator='registration_count',
    breakdowns=['delictsoort'],
) }}
