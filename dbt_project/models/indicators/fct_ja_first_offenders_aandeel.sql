{{ indicator(
    'ja_first_offenders_aandeel',
    rows=ref('int_jeugd_verdachten_harmonised'),
    delivery='politie_jeugd_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
    where='is_first_offender',
    denominator='suspect_count',
    denominator_where='is_first_offender is not null',
    breakdowns=['leeftijd', 'delict'],
) }}
