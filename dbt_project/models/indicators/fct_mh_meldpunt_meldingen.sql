{{ indicator(
    'mh_meldpunt_meldingen',
    rows=ref('int_meldpunt_meldingen_harmonised'),
    delivery='meldpunt_meldingen',
    base_grain='maand',
    numerator='report_count',
    breakdowns=['soort_melder', 'uitbuitingsvorm'],
) }}
