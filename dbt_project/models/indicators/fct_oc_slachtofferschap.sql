{{ survey_indicator(
    'oc_slachtofferschap',
    rows=ref('int_slachtofferschap_harmonised'),
    delivery='cbs_veiligheidsmonitor',
    base_grain='twee_jaar',
    kind='soort_slachtofferschap',
    whole='online criminaliteit totaal',
    value='victim_percentage',
    lower='victim_percentage_lower',
    upper='victim_percentage_upper',
) }}
