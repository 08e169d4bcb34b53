{{ indicator(
    'mh_slachtoffers_vorm',
    rows=ref('int_slachtoffers_split_by_vorm'),
    delivery='comensha_slachtoffers',
    base_grain='kwartaal',
    numerator='victim_id',
    distinct=true,
    breakdowns=['uitbuitingsvorm'],
    total=false,
) }}
