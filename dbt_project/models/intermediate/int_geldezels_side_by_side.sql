{%- set bronnen = {
    'verdachten online criminaliteit': ('int_online_verdachten_harmonised', "rol = 'geldezel' and leeftijdsgroep in ('12-17', '18-24')"),
    'jeugdige verdachten': ('int_jeugd_verdachten_harmonised', "delict = 'geldezel'"),
} -%}
{% for bron, (verdachten, is_geldezel) in bronnen.items() -%}
select
    '{{ bron }}' as bron,
    leaf_level,
    leaf_code,
    base_period,
    suspect_count
from {{ ref(verdachten) }}
where {{ is_geldezel }}
{{ 'union all' if not loop.last }}
{% endfor %}
