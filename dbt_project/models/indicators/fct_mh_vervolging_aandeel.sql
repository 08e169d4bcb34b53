{{ indicator(
    'mh_vervolging_aandeel',
    rows=ref('int_zaken_harmonised'),
    delivery='om_zaken',
    base_grain='kwartaal',
    numerator='case_count',
    where="wetsartikel = '273f Sr' and fase = 'dagvaarding'",
    denominator='case_count',
    denominator_where="wetsartikel = '273f Sr' and fase = 'instroom'",
) }}
