{{ gemeenten_of_today(ref('stg_cbs_huishoudens'), counts='household_count') }}
