{{ indicator(
    'ja_pga',
    rows=ref('int_pga_harmonised'),
    delivery='zvh_pga',
    base_grain='kwartaal',
    numerator='pga_case_count',
    breakdowns=['thema'],
) }}
