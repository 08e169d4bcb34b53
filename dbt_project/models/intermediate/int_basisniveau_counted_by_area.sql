{{ config(materialized='table') }}
{{ count_by_area(
    ref('int_basisniveau_harmonised'),
    base_grain='jaar',
    leaf_levels=['gemeente'],
    numerator='in_place_count',
    denominator='part_count',
    breakdowns=['onderdeel'],
    coverage='any_leaf',
) }}
