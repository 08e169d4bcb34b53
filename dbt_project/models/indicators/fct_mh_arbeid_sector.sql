{#- The headline is the meldingen; investigations and fines are of other cases, so they stand beside it and have no total. -#}
{%- set definition = {'rows': ref('int_arbeid_harmonised'), 'delivery': 'nla_meldingen', 'base_grain': 'kwartaal', 'numerator': 'report_count'} -%}
select *
from (
    {{ indicator('mh_arbeid_sector', where="soort = 'melding'", breakdowns=['sector'], **definition) }}
) as meldingen
union all
select *
from (
    {{ indicator('mh_arbeid_sector', breakdowns=['soort'], total=false, **definition) }}
) as soorten
