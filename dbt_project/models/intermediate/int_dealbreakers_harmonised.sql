with deelnames as (
    {{ newest_by_date(ref('stg_dealbreakers_deelname'), 'participation_date', 'kwartaal') }}
)

select
    deelnames.deelname_id,
    'gemeente' as leaf_level,
    {{ area_code('gemeenten') }} as leaf_code,
    months.period as base_period,
    deelnames.participation_date,
    -- a name is one school within a gemeente only, whatever its capitals
    concat({{ area_code('gemeenten') }}, ' ', {{ normalised('deelnames.school') }}) as school_key,
    deelnames.schoolsoort != 'geen school' as is_school,
    deelnames.interventie,
    deelnames.pupil_count,
    deelnames.has_signaaloverleg,
    {{ is_area_known('gemeenten', 'deelnames.gemeente_name') }} as is_area_known
from deelnames
left join {{ ref('dim_period') }} as months
    on months.period_grain = 'maand' and deelnames.participation_date between months.start_date and months.end_date
{{ join_area('gemeenten', 'gemeente', 'deelnames.gemeente_name', 'deelnames.participation_date') }}
