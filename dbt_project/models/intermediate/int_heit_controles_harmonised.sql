with controles as ({{ newest_by_date(ref('stg_heit_controles'), 'inspection_date', 'maand') }})

select
    controles.inspection_id,
    'gemeente' as leaf_level,
    {{ area_code('gemeenten') }} as leaf_code,
    controles.base_period,
    controles.branche,
    1 as inspection_count,
    case when controles.misstanden = 'geen' then 0 else 1 end as misstand_count,
    {{ is_area_known('gemeenten', 'controles.gemeente_name') }} as is_area_known
from controles
{{ join_area('gemeenten', 'gemeente', 'controles.gemeente_name', 'controles.base_start_date') }}
