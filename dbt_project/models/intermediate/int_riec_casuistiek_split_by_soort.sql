{%- set kinds = {
    'started_case_count': ('status', 'gestart'),
    'running_case_count': ('status', 'lopend'),
    'closed_case_count': ('status', 'afgesloten'),
    'criminal_intervention_count': ('interventie', 'strafrechtelijk'),
    'administrative_intervention_count': ('interventie', 'bestuurlijk'),
    'fiscal_intervention_count': ('interventie', 'fiscaal'),
} -%}
with casuistiek as (
    select * from {{ ref('int_riec_casuistiek_harmonised') }}
)

{% for column, (dimension, category) in kinds.items() -%}
select
    leaf_level,
    leaf_code,
    base_period,
    {{ "'" ~ category ~ "'" if dimension == 'status' else 'cast(null as ' ~ type_string() ~ ')' }} as status,
    {{ "'" ~ category ~ "'" if dimension == 'interventie' else 'cast(null as ' ~ type_string() ~ ')' }} as interventie,
    {{ column }} as kind_count
from casuistiek
{{ 'union all' if not loop.last }}
{% endfor %}
