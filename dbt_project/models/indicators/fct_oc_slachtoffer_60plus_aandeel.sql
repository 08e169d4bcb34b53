{{ indicator(
    'oc_slachtoffer_60plus_aandeel',
    rows=ref('int_online_registraties_harmonised'),
    delivery='politie_online_registraties',
    base_grain='maand',
    numerator='registration_count',
    where="delictsoort = 'bankhelpdeskfraude' and leeftijdsgroep = '60+'",
    denominator='registration_count',
    denominator_where="delictsoort = 'bankhelpdeskfraude' and leeftijdsgroep != 'onbekend'",
) }}
