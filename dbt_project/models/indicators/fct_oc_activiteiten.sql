{{ indicator(
    'oc_activiteiten',
    rows=ref('int_activiteiten_split_by_area'),
    delivery='rsiv_activiteiten',
    base_grain='kwartaal',
    numerator='activiteit_id',
    distinct=true,
    where="thema = 'online criminaliteit'",
    breakdowns=['hoofddoelgroep'],
) }}
