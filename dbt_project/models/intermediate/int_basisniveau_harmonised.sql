{%- set onderdelen = {
    'has_beleid_mensenhandel': 'beleid mensenhandel',
    'has_aandachtsfunctionaris': 'aandachtsfunctionaris',
    'has_zorgcoordinatie': 'zorgcoördinatie',
    'has_actieve_signalering': 'actieve signalering',
    'has_intern_signalenoverleg': 'intern signalenoverleg',
    'has_bibob_beleid': 'Bibob-beleid',
    'has_damocles_beleid': 'Damocles-beleid',
    'has_apv_ondermijningsproof': 'APV ondermijningsproof',
} -%}
with answers as (
    select
        stg.*,
        {{ area_code('gemeenten') }} as gemeente_code,
        {{ is_area_known('gemeenten', 'stg.gemeente_name') }} as is_area_known,
        -- a gemeente may answer again under another spelling; names that we do not know stay apart
        coalesce(gemeenten.area_code, stg.gemeente_name) as revision_key
    from {{ ref('stg_gemeente_basisniveau') }} as stg
    left join {{ ref('dim_period') }} as periods on periods.period_grain = 'jaar' and stg.period = periods.period
    {{ join_area('gemeenten', 'gemeente', 'stg.gemeente_name', 'periods.start_date') }}
),

newest as ({{ latest_revision('answers', by=['revision_key', 'period']) }})

{% for column, onderdeel in onderdelen.items() -%}
select
    'gemeente' as leaf_level,
    gemeente_code as leaf_code,
    period as base_period,
    '{{ onderdeel }}' as onderdeel,
    case when {{ column }} then 1 else 0 end as in_place_count,
    1 as part_count,
    is_area_known
from newest
{{ 'union all' if not loop.last }}
{% endfor %}
