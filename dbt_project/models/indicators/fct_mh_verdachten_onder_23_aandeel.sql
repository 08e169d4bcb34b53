{%- set suspects = "soort = 'verdachte' and uitbuitingsvorm = 'seksueel'" -%}
{{ indicator(
    'mh_verdachten_onder_23_aandeel',
    rows=ref('int_mensenhandel_harmonised'),
    delivery='politie_mensenhandel',
    base_grain='kwartaal',
    numerator='registration_count',
    where=suspects ~ " and leeftijdsgroep in ('12-17', '18-22')",
    denominator='registration_count',
    denominator_where=suspects ~ " and leeftijdsgroep != 'onbekend'",
) }}
