select
    actie_id as action_id,
    kwartaal as period,
    jaarplan as plan_year,
    thema,
    actielijn,
    actie,
    gepland_van as planned_from_period,
    gepland_tot as planned_to_period,
    eigenaar as owner,
    status,
    gereed_op as done_date,
    toelichting,
    delivery_sha256,
    received_at
from {{ source('accepted', 'acties') }}
