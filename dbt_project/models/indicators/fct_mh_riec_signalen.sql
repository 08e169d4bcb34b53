{#- The table of Den Haag is one: its districts A, B and C have no figure, and no 0 either. -#}
{%- set tables = ref('int_riec_casuistiek_harmonised') -%}
with figures as (
    {{ indicator(
        'mh_riec_signalen',
        rows=tables,
        delivery='riec_casuistiek',
        base_grain='kwartaal',
        numerator='signal_count',
        breakdowns=['ondermijningstafel'],
    ) }}
)

select * from figures
where area_level = 'regio' or (area_level, area_code) in (select leaf_level, leaf_code from {{ tables }})
