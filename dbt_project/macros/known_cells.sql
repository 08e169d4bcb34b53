{#- The second half of count_by_area: which cells there are, what was counted in each, and which of them are known. -#}
{% macro known_cells(coverage, distinct, is_share, total) -%}
cells as (
    select
        area_level,
        area_code,
        period_grain,
        period,
        memberships.is_complete,
        memberships.is_final,
        count(case when leaf_code not in ('onbekend', 'elders') then 1 end) as leaf_count,
        count(case when leaf_code not in ('onbekend', 'elders') then delivered.leaf_code end) as delivered_leaf_count
    from memberships
    left join delivered using (leaf_level, leaf_code, base_period)
    group by area_level, area_code, period_grain, period, memberships.is_complete, memberships.is_final
),

categories as (
    select distinct dimension_1, category_1
    from observed
    {%- if total %}
    union
    -- also where nothing was counted yet
    select 'totaal' as dimension_1, 'totaal' as category_1
    {%- endif %}
),

sums as (
    select
        area_level,
        area_code,
        period_grain,
        period,
        dimension_1,
        category_1,
        {{ 'count(distinct numerator)' if distinct else 'sum(numerator)' }} as numerator,
        {{ 'count(distinct denominator)' if distinct and is_share else 'sum(denominator)' if is_share else 'cast(null as ' ~ type_bigint() ~ ')' }} as denominator,
        sum(unknown_count) as unknown_count
    from observed
    inner join memberships using (leaf_level, leaf_code, base_period)
    group by area_level, area_code, period_grain, period, dimension_1, category_1
)

select
    area_level,
    area_code,
    period_grain,
    period,
    dimension_1,
    category_1,
    cells.is_final,
    {%- set is_known = {'region': 'true', 'every_leaf': 'cells.leaf_count = cells.delivered_leaf_count', 'any_leaf': 'cells.delivered_leaf_count > 0'}[coverage] %}
    {%- set unless_known = 'when not cells.is_complete or coalesce(sums.unknown_count, 0) > 0 or not (' ~ is_known ~ ') then null' %}
    cast(case {{ unless_known }} else coalesce(sums.numerator, 0) end as {{ type_bigint() }}) as numerator,
    cast(case {{ unless_known }} else {{ 'coalesce(sums.denominator, 0)' if is_share else 'sums.denominator' }} end as {{ type_bigint() }}) as denominator
from cells
cross join categories
left join sums using (area_level, area_code, period_grain, period, dimension_1, category_1)
where
    -- a rest that a source never has (an onbekend zorgregio at CoMensha) is no cell: as a 0 it would have its whole table withheld
    (area_code not in ('onbekend', 'elders') or (area_level, area_code) in (select distinct sums.area_level, sums.area_code from sums))
    {%- if total %}
    -- what was not delivered stands once, as unknown, and not once more per category
    and (cells.is_complete or dimension_1 = 'totaal')
    {%- endif %}
{%- endmacro %}
