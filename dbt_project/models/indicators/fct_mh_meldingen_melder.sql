{{ indicator(
    'mh_meldingen_melder',
    rows=ref('int_slachtoffers_harmonised'),
    delivery='comensha_slachtoffers',
    base_grain='kwartaal',
    numerator='1',
    breakdowns=['melder'],
) }}
