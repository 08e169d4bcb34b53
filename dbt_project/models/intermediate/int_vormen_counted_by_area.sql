{{ config(materialized='table') }}
{{ count_by_area(
    ref('int_slachtoffers_split_by_vorm'),
    base_grain='kwartaal',
    leaf_levels=['gemeente', 'zorgregio'],
    numerator='victim_id',
    persons=true,
    breakdowns=['uitbuitingsvorm'],
    total=false,
) }}
