{{ indicator(
    'mh_slachtoffers',
    rows=ref('int_slachtoffers_harmonised'),
    delivery='comensha_slachtoffers',
    base_grain='kwartaal',
    numerator='victim_id',
    distinct=true,
    population='totaal',
    population_by=['leeftijdsgroep', 'geslacht'],
    breakdowns=['leeftijdsgroep', 'geslacht', 'nationaliteitsgroep', 'sector'],
) }}
