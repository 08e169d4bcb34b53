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
    {{ gemeente_or_zorgregio_leaf() }},
    period as base_period,
    melder,
    leeftijdsgroep,
    geslacht,
    nationaliteitsgroep,
    coalesce(sector, 'onbekend') as sector,
    uitbuitingsvormen,
    is_area_known
from located
