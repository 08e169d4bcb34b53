{%- set soorten = {'truant_count': 'relatief verzuim', 'unenrolled_count': 'absoluut verzuim'} -%}
{% for column, soort in soorten.items() -%}
select
    leaf_level,
    leaf_code,
    base_period,
    '{{ soort }}' as soort,
    {{ column }} as absent_count,
    pupil_count
from {{ ref('int_leerplicht_harmonised') }}
{{ 'union all' if not loop.last }}
{% endfor %}
