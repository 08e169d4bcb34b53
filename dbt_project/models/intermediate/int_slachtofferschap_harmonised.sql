-- CBS writes gemeenten and the police unit in one column; which of the two a row is about follows from its name
with schattingen as ({{ latest_revision(ref('stg_cbs_veiligheidsmonitor'), by=['period']) }})

select
    case when units.area_code is null then 'gemeente' else 'regio' end as leaf_level,
    coalesce(units.area_code, {{ area_code('gemeenten') }}) as leaf_code,
    schattingen.period as base_period,
    schattingen.soort_slachtofferschap,
    schattingen.victim_percentage,
    schattingen.victim_percentage_lower,
    schattingen.victim_percentage_upper,
    schattingen.filed_percentage,
    units.area_code is not null or {{ is_area_known('gemeenten', 'schattingen.region_name') }} as is_area_known
from schattingen
left join {{ ref('dim_period') }} as periods on periods.period_grain = 'twee_jaar' and schattingen.period = periods.period
{{ join_area('units', 'regio', 'schattingen.region_name', 'periods.start_date') }}
{{ join_area('gemeenten', 'gemeente', 'schattingen.region_name', 'periods.start_date') }}
