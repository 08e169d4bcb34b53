{#- The headline is what came in; the phases of a period are other cases, so they stand beside it and have no total. -#}
{%- set definition = {'rows': ref('int_zaken_harmonised'), 'delivery': 'om_zaken', 'base_grain': 'kwartaal', 'numerator': 'case_count'} -%}
select *
from (
    {{ indicator('mh_zaken_om', where="wetsartikel = '273f Sr' and fase = 'instroom'", breakdowns=['leeftijdsgroep'], **definition) }}
) as instroom
union all
select *
from (
    {{ indicator('mh_zaken_om', where="wetsartikel = '273f Sr'", breakdowns=['fase'], total=false, **definition) }}
) as fasen
