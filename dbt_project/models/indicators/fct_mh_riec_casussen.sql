{#- Started and closed are flows; running is a stand, so that a year has that of its last quarter. A, B and C are one table. -#}
{%- set rows = ref('int_riec_casuistiek_split_by_soort') -%}
with figures as (
    {%- for dimension, where, standing in [
        ('status', "status in ('gestart', 'afgesloten')", false),
        ('status', "status = 'lopend'", true),
        ('interventie', 'interventie is not null', false),
    ] %}
    select * from (
        {{ indicator(
            'mh_riec_casussen',
            rows=rows,
            delivery='riec_casuistiek',
            base_grain='kwartaal',
            numerator='kind_count',
            where=where,
            breakdowns=[dimension],
            total=false,
            standing=standing,
        ) }}
    ) as kind_{{ loop.index }}
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
)

select * from figures
where area_level = 'regio' or (area_level, area_code) in (select leaf_level, leaf_code from {{ rows }})
