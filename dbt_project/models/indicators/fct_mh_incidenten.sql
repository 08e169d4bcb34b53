{{ indicator(
    'mh_incidenten',
    rows=ref('int_mensenhandel_harmonised'),
    delivery='politie_mensenhandel',
    base_grain='kwartaal',
    numerator='registration_count',
    where="soort in ('signaal', 'incident')",
    population='totaal',
    breakdowns=['soort', 'uitbuitingsvorm'],
) }}
