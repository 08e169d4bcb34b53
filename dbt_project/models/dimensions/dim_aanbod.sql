with lists as ({{ newest_list(ref('stg_activiteiten'), 'kwartaal') }})

select
    lists.offer_id,
    lists.period,
    lists.title,
    lists.soort,
    lists.thema,
    lists.actielijn,
    lists.doelgroep,
    lists.inhoud,
    lists.aanbieder,
    lists.vorm,
    lists.duration_hours,
    coalesce(districts.area_code, abcs.area_code) as district_code,
    lists.how_to_join
from lists
{{ join_area('districts', 'district', 'lists.district_name', known_on()) }}
{{ join_area('abcs', 'abc', 'lists.district_name', known_on()) }}
where {{ holds_now() }}
