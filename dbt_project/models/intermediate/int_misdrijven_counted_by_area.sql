{{ config(materialized='table') }}
{{ count_by_area(
    ref('int_misdrijven_harmonised'),
    base_grain='jaar',
    leaf_levels=['gemeente'],
    numerator='crime_count',
    coverage='every_leaf',
) }}
