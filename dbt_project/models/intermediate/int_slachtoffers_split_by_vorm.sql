{#- up to eight forms a row (the contract knows four), split by position: no list of forms to keep here -#}
with slachtoffers as (
    select * from {{ ref('int_slachtoffers_harmonised') }}
),

positions as (
    {%- for position in range(1, 9) %}
    select {{ position }} as form_position
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
)

select
    slachtoffers.victim_id,
    slachtoffers.leaf_level,
    slachtoffers.leaf_code,
    slachtoffers.base_period,
    slachtoffers.leeftijdsgroep,
    split_part(slachtoffers.uitbuitingsvormen, '|', positions.form_position) as uitbuitingsvorm
from slachtoffers
cross join positions
where split_part(slachtoffers.uitbuitingsvormen, '|', positions.form_position) != ''
