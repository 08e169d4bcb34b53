{#- Per delivery the model of its rows, the step that a row is, what is counted (a victim counts once) and which rows belong to the chain. -#}
{%- set sources = [
    ('politie_mensenhandel', 'int_mensenhandel_harmonised', 'soort', 'registration_count', "soort in ('signaal', 'aangifte')"),
    ('meldpunt_meldingen', 'int_meldpunt_meldingen_harmonised', "'melding'", 'report_count', 'true'),
    ('comensha_slachtoffers', 'int_slachtoffers_harmonised', "'slachtoffer'", 'victim_id', 'true'),
    ('om_zaken', 'int_zaken_harmonised', "case when fase = 'instroom' then 'zaak' else fase end", 'case_count', "wetsartikel = '273f Sr'"),
] -%}
{% for delivery, model, step, counted, where in sources -%}
select
    '{{ delivery }}' as delivery,
    leaf_level,
    leaf_code,
    base_period,
    {{ step }} as stap,
    {{ counted if counted == 'victim_id' else 'cast(null as ' ~ type_string() ~ ')' }} as victim_id,
    {{ 'cast(null as ' ~ type_bigint() ~ ')' if counted == 'victim_id' else counted }} as step_count
from {{ ref(model) }}
where {{ where }}
{{ 'union all' if not loop.last }}
{% endfor %}
