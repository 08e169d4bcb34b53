{{ gemeenten_of_today(ref('stg_cbs_bevolking'), counts='inhabitant_count', keys=['age', 'sex']) }}
