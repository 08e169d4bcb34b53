-- Added up before anything else touches the rows: 100 million events shrink to some 200,000, over which the revisions are ranked.
-- Damage in whole euros per row, so that areas and kinds still add up to the region; a row is off by half a euro at most.
with summed as (
    select
        basisteam_name,
        period,
        delictsoort,
        soort,
        leeftijdsgroep,
        received_at,
        delivery_sha256,
        sum(registration_count) as registration_count,
        sum(damage_amount) as damage_amount,
        sum(case when damage_amount > 0 then registration_count else 0 end) as damage_registration_count
    from {{ ref('stg_politie_online_registraties') }}
    group by basisteam_name, period, delictsoort, soort, leeftijdsgroep, received_at, delivery_sha256
),

registraties as ({{ latest_revision('summed', by=['period']) }})

select
    'basisteam' as leaf_level,
    {{ area_code('basisteams') }} as leaf_code,
    registraties.period as base_period,
    registraties.delictsoort,
    registraties.soort,
    registraties.leeftijdsgroep,
    cast(registraties.registration_count as {{ type_bigint() }}) as registration_count,
    cast(registraties.damage_registration_count as {{ type_bigint() }}) as damage_registration_count,
    cast(round(registraties.damage_amount) as {{ type_bigint() }}) as damage_euro_count,
    {{ is_area_known('basisteams', 'registraties.basisteam_name') }} as is_area_known
from registraties
left join {{ ref('dim_period') }} as periods on periods.period_grain = 'maand' and registraties.period = periods.period
{{ join_area('basisteams', 'basisteam', 'registraties.basisteam_name', 'periods.start_date') }}
