with lists as ({{ newest_list(ref('stg_acties'), 'kwartaal') }})

select
    action_id,
    period,
    plan_year,
    thema,
    actielijn,
    actie,
    planned_from_period,
    planned_to_period,
    owner,
    status,
    done_date,
    toelichting
from lists
