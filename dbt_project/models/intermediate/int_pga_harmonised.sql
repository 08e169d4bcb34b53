with cases as ({{ latest_revision(ref('stg_zvh_pga'), by=['period']) }}),

located as (
    select
        cases.*,
        {{ area_code('gemeenten') }} as gemeente_code,
        {{ area_code('zorgregios') }} as zorgregio_code,
        {{ is_area_known('gemeenten', 'cases.gemeente_name') }}
        and {{ is_area_known('zorgregios', 'cases.zorgregio_name') }} as is_area_known
    from cases
    left join {{ ref('dim_period') }} as periods on periods.period_grain = 'kwartaal' and cases.period = periods.period
    {{ join_area('gemeenten', 'gemeente', 'cases.gemeente_name', 'periods.start_date') }}
    {{ join_area('zorgregios', 'zorgregio', 'cases.zorgregio_name', 'periods.start_date') }}
)

select
    {{ gemeente_or_zorgregio_leaf() }},
    period as base_period,
    thema,
    pga_case_count,
    care_report_count,
    is_area_known
from located
