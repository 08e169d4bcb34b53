{#- Each delivery counts its own steps by its own calendar, so that one that is late leaves the others known. -#}
{%- set base_grains = {'politie_mensenhandel': 'kwartaal', 'meldpunt_meldingen': 'maand', 'comensha_slachtoffers': 'kwartaal', 'om_zaken': 'kwartaal'} -%}
{% for delivery, base_grain in base_grains.items() -%}
{%- set is_persons = delivery == 'comensha_slachtoffers' -%}
select *
from (
    {{ indicator(
        'x_keten_mensenhandel',
        rows=ref('int_keten_harmonised'),
        delivery=delivery,
        base_grain=base_grain,
        numerator='victim_id' if is_persons else 'step_count',
        where="delivery = '" ~ delivery ~ "'",
        distinct=is_persons,
        breakdowns=['stap'],
        total=false,
    ) }}
) as {{ delivery }}
{{ 'union all' if not loop.last }}
{% endfor %}
