{#- A quarter of a calendar year does not lie in one school year, and a survey year is not the sum of its months. -#}
{%- set lies_in = {
    'maand': ['maand', 'kwartaal', 'jaar', 'schooljaar', 'drie_jaar'],
    'kwartaal': ['kwartaal', 'jaar', 'drie_jaar'],
    'jaar': ['jaar', 'drie_jaar'],
    'schooljaar': ['schooljaar'],
    'twee_jaar': ['twee_jaar'],
} -%}
with periods as (
    select * from {{ ref('dim_period') }}
)

select
    base.period_grain as base_grain,
    base.period as base_period,
    base.start_date as base_start_date,
    whole.period_grain,
    whole.period,
    base.end_date = whole.end_date as is_last_base
from periods as base
inner join periods as whole on base.start_date >= whole.start_date and base.end_date <= whole.end_date
where
    {%- for base_grain, grains in lies_in.items() %}
    {{ 'or ' if not loop.first }}(
        base.period_grain = '{{ base_grain }}' and whole.period_grain in ('{{ grains | join("', '") }}')
    )
    {%- endfor %}
