with lists as ({{ newest_list(ref('stg_partners'), 'jaar') }})

select
    partner_id,
    organisation,
    soort,
    themas,
    werkgebied,
    rol,
    taak,
    contact_route,
    phone,
    email,
    website,
    passes_to_partner_ids,
    passes_what
from lists
where {{ holds_now() }}
