{#- Parts, onbekend and elders together are the region, at every set of levels in `parts` (a list of lists: gemeenten that lie in
    ABC have no district, so there the parts are district and abc). Persons may stand in two parts: with persons=true no one may
    be lost, but some may stand twice. A period with an unknown part is skipped: its region is unknown too. -#}
{% test assert_parts_and_rests_sum_to_region(model, parts, persons=false) %}
{%- for levels in parts %}
select
    '{{ levels | join(" and ") }}' as parts,
    period_grain,
    period,
    dimension_1,
    category_1
from {{ model }}
where area_level in ('regio', '{{ levels | join("', '") }}')
group by period_grain, period, dimension_1, category_1
having
    count(*) = count(numerator)
    and sum(case when area_level = 'regio' then 0 else numerator end)
    {{ '<' if persons else '!=' }} sum(case when area_level = 'regio' then numerator else 0 end)
{{ 'union all' if not loop.last }}
{%- endfor %}
{% endtest %}
