{{ indicator(
    'mh_aangiften',
    rows=ref('int_mensenhandel_harmonised'),
    delivery='politie_mensenhandel',
    base_grain='kwartaal',
    numerator='registration_count',
    where="soort = 'aangifte'",
    breakdowns=['uitbuitingsvorm'],
) }}
