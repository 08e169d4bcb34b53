with activiteiten as ({{ latest_revision(ref('stg_rsiv_activiteiten'), by=['activiteit_id']) }}),

located as (
    select
        activiteiten.*,
        gemeenten.area_code as gemeente_code,
        coalesce(districts.area_code, abcs.area_code) as district_code,
        case when districts.area_code is null and abcs.area_code is not null then 'abc' else 'district' end as district_level,
        {{ is_area_known('gemeenten', 'activiteiten.gemeente_name') }}
        and (coalesce(districts.area_code, abcs.area_code) is not null or activiteiten.district_name is null) as is_area_known
    from activiteiten
    {{ join_area('gemeenten', 'gemeente', 'activiteiten.gemeente_name', 'activiteiten.activity_date') }}
    {{ join_area('districts', 'district', 'activiteiten.district_name', 'activiteiten.activity_date') }}
    {{ join_area('abcs', 'abc', 'activiteiten.district_name', 'activiteiten.activity_date') }}
)

select
    activiteit_id,
    activiteit,
    soort,
    thema,
    actielijn,
    doelgroep,
    case
        when gemeente_name is not null then 'gemeente'
        when district_name is not null then district_level
        else 'regio'
    end as area_level,
    case
        when gemeente_name is not null then coalesce(gemeente_code, 'onbekend')
        when district_name is not null then coalesce(district_code, 'onbekend')
        else 'DH'
    end as area_code,
    activity_date,
    participant_count,
    rating,
    is_area_known
from located
