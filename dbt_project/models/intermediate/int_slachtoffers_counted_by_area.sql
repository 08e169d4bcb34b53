{{ config(materialized='table') }}
{{ count_by_area(
    ref('int_slachtoffers_harmonised'),
    base_grain='kwartaal',
    leaf_levels=['gemeente', 'zorgregio'],
    numerator='victim_id',
    persons=true,
    breakdowns=['leeftijdsgroep', 'geslacht', 'nationaliteitsgroep', 'sector'],
) }}
