{{ indicator(
    'mh_deelnemers',
    rows=ref('int_activiteiten_harmonised'),
    delivery='rsiv_activiteiten',
    base_grain='kwartaal',
    numerator='participant_count',
    where="thema = 'mensenhandel' and soort in ('training', 'bijeenkomst')",
    breakdowns=['soort', 'doelgroep'],
) }}
