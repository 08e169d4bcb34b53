select
    cast(partner_id as {{ type_string() }}) as partner_id,
    cast(organisation as {{ type_string() }}) as organisatie,
    cast(soort as {{ type_string() }}) as soort,
    cast(themas as {{ type_string() }}) as themas,
    cast(werkgebied as {{ type_string() }}) as werkgebied,
    cast(rol as {{ type_string() }}) as rol,
    cast(taak as {{ type_string() }}) as taak,
    cast(contact_route as {{ type_string() }}) as contactroute,
    cast(phone as {{ type_string() }}) as telefoon,
    cast(email as {{ type_string() }}) as email,
    cast(website as {{ type_string() }}) as website,
    cast(passes_to_partner_ids as {{ type_string() }}) as geeft_door_aan,
    cast(passes_what as {{ type_string() }}) as wat_wordt_doorgegeven
from {{ ref('dim_partner') }}
