{{ indicator(
    'ja_dealbreakers_gemeenten',
    rows=ref('int_dealbreakers_joined_to_gemeenten'),
    delivery='dealbreakers_deelname',
    base_grain='maand',
    numerator='leaf_code',
    where='is_taking_part',
    distinct=true,
    denominator_where='true',
) }}
