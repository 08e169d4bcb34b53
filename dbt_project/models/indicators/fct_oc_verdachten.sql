{{ indicator(
    'oc_verdachten',
    rows=ref('int_online_verdachten_harmonised'),
    delivery='politie_online_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
    breakdowns=['leeftijdsgroep', 'geslacht', 'rol'],
) }}
