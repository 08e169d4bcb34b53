{{ config(materialized='table') }}
{{ count_by_area(
    ref('int_online_registraties_harmonised'),
    base_grain='maand',
    leaf_levels=['basisteam'],
    numerator='registration_count',
    breakdowns=['delictsoort', 'soort', 'leeftijdsgroep'],
) }}
