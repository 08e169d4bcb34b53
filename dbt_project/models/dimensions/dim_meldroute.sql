with lists as ({{ newest_list(ref('stg_meldroutes'), 'jaar') }})

select
    route_id,
    step_number,
    thema,
    vermoeden,
    signalen,
    voor_wie,
    report_to,
    partner_id,
    hoe,
    phone,
    email,
    website,
    is_urgent,
    is_anonymous_possible
from lists
where {{ holds_now() }}
