select
    cast(activiteiten.activiteit_id as {{ type_string() }}) as activiteit_id,
    cast(activiteiten.activiteit as {{ type_string() }}) as activiteit,
    cast(activiteiten.soort as {{ type_string() }}) as soort,
    cast(activiteiten.thema as {{ type_string() }}) as thema,
    cast(activiteiten.actielijn as {{ type_string() }}) as actielijn,
    cast(activiteiten.doelgroep as {{ type_string() }}) as doelgroep,
    cast(activiteiten.area_level as {{ type_string() }}) as area_level,
    cast(activiteiten.area_code as {{ type_string() }}) as area_code,
    cast(areas.area_name as {{ type_string() }}) as area_name,
    cast(activiteiten.activity_date as date) as datum,
    cast(activiteiten.participant_count as {{ type_bigint() }}) as deelnemers,
    cast(activiteiten.rating as double) as waardering
from {{ ref('dim_activiteit') }} as activiteiten
left join {{ ref('dim_area') }} as areas
    on activiteiten.area_level = areas.area_level and activiteiten.area_code = areas.area_code
