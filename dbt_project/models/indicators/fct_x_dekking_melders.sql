{{ indicator(
    'x_dekking_melders',
    rows=ref('int_slachtoffers_split_by_melder'),
    delivery='comensha_slachtoffers',
    base_grain='kwartaal',
    numerator='victim_id',
    where='is_reported_by_melder',
    distinct=true,
    denominator_where='true',
    breakdowns=['melder'],
    total=false,
) }}
