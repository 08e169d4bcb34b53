{{ indicator(
    'oc_sextortion',
    rows=ref('int_sextortion_harmonised'),
    delivery='helpwanted_sextortion',
    base_grain='kwartaal',
    numerator='report_count',
    breakdowns=['leeftijdsgroep', 'motief', 'eerste_contact'],
    form='form',
) }}
