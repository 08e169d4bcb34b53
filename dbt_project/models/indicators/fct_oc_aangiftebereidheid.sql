{{ survey_indicator(
    'oc_aangiftebereidheid',
    rows=ref('int_slachtofferschap_harmonised'),
    delivery='cbs_veiligheidsmonitor',
    base_grain='twee_jaar',
    kind='soort_slachtofferschap',
    whole='online criminaliteit totaal',
    value='filed_percentage',
) }}
