select
    cast(route_id as {{ type_string() }}) as route_id,
    cast(step_number as {{ type_bigint() }}) as stap,
    cast(thema as {{ type_string() }}) as thema,
    cast(vermoeden as {{ type_string() }}) as vermoeden,
    cast(signalen as {{ type_string() }}) as signalen,
    cast(voor_wie as {{ type_string() }}) as voor_wie,
    cast(report_to as {{ type_string() }}) as meld_bij,
    cast(partner_id as {{ type_string() }}) as partner_id,
    cast(hoe as {{ type_string() }}) as hoe,
    cast(phone as {{ type_string() }}) as telefoon,
    cast(email as {{ type_string() }}) as email,
    cast(website as {{ type_string() }}) as website,
    cast(is_urgent as boolean) as spoed,
    cast(is_anonymous_possible as boolean) as anoniem
from {{ ref('dim_meldroute') }}
