{%- set deliveries = {'verdachten online criminaliteit': 'politie_online_verdachten', 'jeugdige verdachten': 'politie_jeugd_verdachten'} -%}
-- each registration by its own calendar: one that is late leaves the other standing
{% for bron, delivery in deliveries.items() -%}
select * from (
    {{ indicator(
        'x_geldezel_jeugd',
        rows=ref('int_geldezels_side_by_side'),
        delivery=delivery,
        base_grain='kwartaal',
        numerator='suspect_count',
        where="bron = '" ~ bron ~ "'",
        breakdowns=['bron'],
        total=false,
    ) }}
) as {{ delivery }}
{{ 'union all' if not loop.last }}
{% endfor %}
