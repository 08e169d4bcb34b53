select
    cast(offer_id as {{ type_string() }}) as aanbod_id,
    cast(period as {{ type_string() }}) as kwartaal,
    cast(title as {{ type_string() }}) as titel,
    cast(soort as {{ type_string() }}) as soort,
    cast(thema as {{ type_string() }}) as thema,
    cast(actielijn as {{ type_string() }}) as actielijn,
    cast(doelgroep as {{ type_string() }}) as doelgroep,
    cast(inhoud as {{ type_string() }}) as inhoud,
    cast(aanbieder as {{ type_string() }}) as aanbieder,
    cast(vorm as {{ type_string() }}) as vorm,
    cast(duration_hours as double) as duur,
    cast(district_code as {{ type_string() }}) as district_code,
    cast(how_to_join as {{ type_string() }}) as aanmelden
from {{ ref('dim_aanbod') }}
