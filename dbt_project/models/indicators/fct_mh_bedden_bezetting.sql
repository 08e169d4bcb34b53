{%- set shared = {
    'rows': ref('int_bedden_harmonised'), 'delivery': 'opvang_bedden', 'base_grain': 'maand',
    'numerator': 'occupied_count', 'denominator': 'bed_count',
} -%}
select * from (
    {{ indicator('mh_bedden_bezetting', breakdowns=['doelgroep'], **shared) }}
) as bed_days
union all
-- the stand of the last delivered day, which does not add up over months
select * from (
    {{ indicator(
        'mh_bedden_bezetting', where="peildag = 'laatste dag'", denominator_where="peildag = 'laatste dag'",
        breakdowns=['peildag'], total=false, standing=true, **shared
    ) }}
) as last_days
