{{ indicator(
    'ja_signaaloverleg_scholen',
    rows=ref('int_dealbreakers_harmonised'),
    delivery='dealbreakers_deelname',
    base_grain='maand',
    numerator='school_key',
    where='is_school and has_signaaloverleg',
    distinct=true,
    denominator_where='is_school',
) }}
