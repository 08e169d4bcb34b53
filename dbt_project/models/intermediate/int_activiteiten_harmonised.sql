{#- The contract has free text here: what stands in no list is overig. Who serves inwoners and ondernemers serves ondernemers. -#}
{%- set hoofddoelgroepen = {
    'jongeren 10-25': ['jongeren', 'jongeren (10-25)', 'jongeren (16-23)', 'leerlingen', 'leerlingen voortgezet onderwijs', 'studenten', 'mbo-studenten'],
    'ouderen 60+': ['ouderen', 'ouderen (60+)', 'senioren'],
    'ondernemers': ['ondernemers', 'inwoners en ondernemers'],
} -%}
with activiteiten as ({{ newest_by_date(ref('stg_rsiv_activiteiten'), 'activity_date', 'kwartaal') }}),

located as (
    select
        activiteiten.*,
        gemeenten.area_code as gemeente_code,
        coalesce(districts.area_code, abcs.area_code) as district_code,
        case when districts.area_code is null and abcs.area_code is not null then 'abc' else 'district' end as district_level,
        parts.leaf_code is not null as is_part_of_gemeente,
        {{ is_area_known('gemeenten', 'activiteiten.gemeente_name') }}
        and (coalesce(districts.area_code, abcs.area_code) is not null or activiteiten.district_name is null) as is_area_known
    from activiteiten
    {{ join_area('gemeenten', 'gemeente', 'activiteiten.gemeente_name', 'activiteiten.activity_date') }}
    {{ join_area('districts', 'district', 'activiteiten.district_name', 'activiteiten.activity_date') }}
    {{ join_area('abcs', 'abc', 'activiteiten.district_name', 'activiteiten.activity_date') }}
    left join {{ ref('dim_area_ancestor') }} as parts
        on parts.leaf_level = 'district' and parts.area_level = 'abc' and districts.area_code = parts.leaf_code
)

select
    activiteit_id,
    activiteit,
    soort,
    thema,
    actielijn,
    doelgroep,
    case
        {%- for hoofddoelgroep, names in hoofddoelgroepen.items() %}
        when {{ normalised('doelgroep') }} in ('{{ names | join("', '") }}') then '{{ hoofddoelgroep }}'
        {%- endfor %}
        else 'overig'
    end as hoofddoelgroep,
    case
        when gemeente_name is not null then 'gemeente'
        when district_name is not null then district_level
        else 'regio'
    end as area_level,
    case
        when gemeente_name is not null then coalesce(gemeente_code, 'onbekend')
        when district_name is not null then coalesce(district_code, 'onbekend')
        else 'DH'
    end as area_code,
    -- a district of Den Haag is smaller than its gemeente, every other district larger; an activity for all has no smaller area
    case
        when is_part_of_gemeente then 'district'
        when gemeente_code is not null then 'gemeente'
        when district_code is not null then district_level
        when gemeente_name is not null or district_name is not null then 'district'
        else 'regio'
    end as leaf_level,
    case
        when is_part_of_gemeente then district_code
        when gemeente_name is not null or district_name is not null then coalesce(gemeente_code, district_code, 'onbekend')
        else 'DH'
    end as leaf_code,
    base_period,
    activity_date,
    participant_count,
    rating,
    is_area_known
from located
