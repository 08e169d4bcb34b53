with meldingen as ({{ latest_revision(ref('stg_comensha_slachtoffers'), by=['period']) }}),

located as (
    select
        meldingen.*,
        {{ area_code('gemeenten') }} as gemeente_code,
        {{ area_code('zorgregios') }} as zorgregio_code,
        {{ is_area_known('gemeenten', 'meldingen.gemeente_name') }}
        and {{ is_area_known('zorgregios', 'meldingen.zorgregio_name') }} as is_area_known
    from meldingen
    left join {{ ref('dim_period') }} as periods on periods.period_grain = 'kwartaal' and meldingen.period = periods.period
    {{ join_area('gemeenten', 'gemeente', 'meldingen.gemeente_name', 'periods.start_date') }}
    {{ join_area('zorgregios', 'zorgregio', 'meldingen.zorgregio_name', 'periods.start_date') }}
)

select
    victim_id,
    -- a gemeente gives all levels above it; without one the zorgregio is the smallest area that is known
    case when gemeente_code in ('onbekend', 'elders') then 'zorgregio' else 'gemeente' end as leaf_level,
    case when gemeente_code in ('onbekend', 'elders') then concat(zorgregio_code, '-', gemeente_code) else gemeente_code end as leaf_code,
    period as base_period,
    melder,
    leeftijdsgroep,
    geslacht,
    nationaliteitsgroep,
    coalesce(sector, 'onbekend') as sector,
    uitbuitingsvormen,
    is_area_known
from located
