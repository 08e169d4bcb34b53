-- An activity in a district of Den Haag (or in ABC) is one of the gemeente too, which is no level above a district.
with activiteiten as (
    select * from {{ ref('int_activiteiten_harmonised') }}
),

gemeente_of_part as (
    select parts.leaf_level, parts.leaf_code, gemeenten.leaf_code as gemeente_code
    from {{ ref('dim_area_ancestor') }} as parts
    inner join {{ ref('dim_area_ancestor') }} as gemeenten
        on parts.area_level = gemeenten.area_level and parts.area_code = gemeenten.area_code
    where parts.area_level = 'abc' and parts.leaf_level in ('district', 'abc') and gemeenten.leaf_level = 'gemeente'
),

leaves as (
    select activiteit_id, leaf_level, leaf_code
    from activiteiten
    union all
    select activiteiten.activiteit_id, 'gemeente' as leaf_level, gemeente_of_part.gemeente_code as leaf_code
    from activiteiten
    inner join gemeente_of_part on activiteiten.leaf_level = gemeente_of_part.leaf_level and activiteiten.leaf_code = gemeente_of_part.leaf_code
)

select
    activiteiten.activiteit_id,
    leaves.leaf_level,
    leaves.leaf_code,
    activiteiten.base_period,
    activiteiten.thema,
    activiteiten.soort,
    activiteiten.doelgroep,
    activiteiten.hoofddoelgroep,
    coalesce(activiteiten.actielijn, 'onbekend') as actielijn
from activiteiten
inner join leaves on activiteiten.activiteit_id = leaves.activiteit_id
