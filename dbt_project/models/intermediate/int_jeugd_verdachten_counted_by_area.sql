{{ config(materialized='table') }}
{{ count_by_area(
    ref('int_jeugd_verdachten_harmonised'),
    base_grain='kwartaal',
    leaf_levels=['basisteam'],
    numerator='suspect_count',
    breakdowns=['leeftijd', 'delict'],
) }}
