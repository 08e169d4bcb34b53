select
    cast(action_id as {{ type_string() }}) as actie_id,
    cast(period as {{ type_string() }}) as kwartaal,
    cast(plan_year as {{ type_string() }}) as jaarplan,
    cast(thema as {{ type_string() }}) as thema,
    cast(actielijn as {{ type_string() }}) as actielijn,
    cast(actie as {{ type_string() }}) as actie,
    cast(planned_from_period as {{ type_string() }}) as gepland_van,
    cast(planned_to_period as {{ type_string() }}) as gepland_tot,
    cast(owner as {{ type_string() }}) as eigenaar,
    cast(status as {{ type_string() }}) as status,
    cast(done_date as date) as gereed_op,
    cast(toelichting as {{ type_string() }}) as toelichting
from {{ ref('dim_actie') }}
