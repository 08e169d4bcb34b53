{{ indicator(
    'oc_schade',
    rows=ref('int_online_registraties_harmonised'),
    delivery='politie_online_registraties',
    base_grain='maand',
    numerator='damage_euro_count',
    denominator='damage_registration_count',
    breakdowns=['delictsoort'],
) }}
