{{ gemeenten_of_today(ref('stg_cbs_bedrijven'), counts='establishment_count') }}
