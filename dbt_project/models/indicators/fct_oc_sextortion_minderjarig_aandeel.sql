{{ indicator(
    'oc_sextortion_minderjarig_aandeel',
    rows=ref('int_sextortion_harmonised'),
    delivery='helpwanted_sextortion',
    base_grain='kwartaal',
    numerator='report_count',
    where='is_minor',
    denominator='report_count',
    denominator_where="leeftijdsgroep != 'onbekend'",
) }}
