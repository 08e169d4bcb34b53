{{ indicator(
    'oc_ondernemers',
    rows=ref('int_ondernemers_harmonised'),
    delivery='pvo_ondernemers',
    base_grain='kwartaal',
    numerator='incident_count',
    population='bedrijven',
    breakdowns=['incidentsoort', 'bedrijfsgrootte'],
) }}
