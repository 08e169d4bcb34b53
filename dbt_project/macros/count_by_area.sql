{#-
Counts the rows of a harmonised model for every area above their leaf, every delivered period and every category.

rows         relation with leaf_level, leaf_code, base_period, the breakdown columns and what is counted
base_grain   grain of base_period; a longer period exists only when all its base periods were delivered
leaf_levels  levels at which the source knows an area; an area that no such leaf reaches gets no row (A, B, C for a gemeente)
numerator    a column to sum, or with persons=true the pseudonym of a person, who counts once per cell
denominator  optional column to sum beside it, for shares
breakdowns   columns that each give a dimension; total=false for a column of several values, which never adds up
coverage     region: a delivery speaks for the whole region, so an empty cell is 0
             every_leaf: a cell is known when each of its leaves was delivered, else null
             any_leaf: a cell is known as soon as one of its leaves was delivered, else null
-#}
{% macro count_by_area(rows, base_grain, leaf_levels, numerator, denominator=none, breakdowns=[], persons=false, total=true, coverage='region') %}
with observed as (
    -- summed per leaf and base period first: 100,000 rows shrink to some 20,000 before they spread over areas and periods
    {%- for dimension in (['totaal'] if total else []) + breakdowns %}
    {%- set category = "'totaal'" if dimension == 'totaal' else dimension %}
    select
        leaf_level,
        leaf_code,
        base_period,
        '{{ dimension }}' as dimension_1,
        {{ category }} as category_1,
        {{ numerator if persons else 'sum(' ~ numerator ~ ')' }} as numerator,
        {{ 'sum(' ~ denominator ~ ')' if denominator else 'cast(null as ' ~ type_bigint() ~ ')' }} as denominator
    from {{ rows }}
    group by leaf_level, leaf_code, base_period{{ ', ' ~ dimension if dimension != 'totaal' }}{{ ', ' ~ numerator if persons }}
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

delivered as (
    select distinct leaf_level, leaf_code, base_period
    from observed
),

complete_periods as (
    select members.period_grain, members.period
    from {{ ref('dim_period_member') }} as members
    left join (select distinct base_period from delivered) as base_periods on members.base_period = base_periods.base_period
    where members.base_grain = '{{ base_grain }}'
    group by members.period_grain, members.period
    having count(*) = count(base_periods.base_period)
),

memberships as (
    select
        area_members.leaf_level,
        area_members.leaf_code,
        area_members.area_level,
        area_members.area_code,
        period_members.base_period,
        period_members.period_grain,
        period_members.period
    from {{ ref('dim_area_member') }} as area_members
    inner join {{ ref('dim_period_member') }} as period_members
        on period_members.base_start_date between area_members.valid_from and area_members.valid_to
    inner join complete_periods
        on period_members.period_grain = complete_periods.period_grain and period_members.period = complete_periods.period
    where
        area_members.leaf_level in ('{{ leaf_levels | join("', '") }}')
        and period_members.base_grain = '{{ base_grain }}'
),

cells as (
    select
        area_level,
        area_code,
        period_grain,
        period,
        count(case when leaf_code not in ('onbekend', 'elders') then 1 end) as leaf_count,
        count(case when leaf_code not in ('onbekend', 'elders') then delivered.leaf_code end) as delivered_leaf_count
    from memberships
    left join delivered using (leaf_level, leaf_code, base_period)
    group by area_level, area_code, period_grain, period
),

categories as (
    select distinct dimension_1, category_1
    from observed
),

counted as (
    select
        area_level,
        area_code,
        period_grain,
        period,
        dimension_1,
        category_1,
        {{ 'count(distinct numerator)' if persons else 'sum(numerator)' }} as numerator,
        sum(denominator) as denominator
    from observed
    inner join memberships using (leaf_level, leaf_code, base_period)
    group by area_level, area_code, period_grain, period, dimension_1, category_1
)

select
    area_level,
    area_code,
    period_grain,
    period,
    cast(substring(period, 1, 4) as {{ type_int() }}) as period_year,
    dimension_1,
    category_1,
    {%- if coverage == 'region' %}
    cast(coalesce(counted.numerator, 0) as {{ type_bigint() }}) as numerator,
    {%- elif coverage == 'every_leaf' %}
    cast(case when cells.leaf_count = cells.delivered_leaf_count then coalesce(counted.numerator, 0) end as {{ type_bigint() }}) as numerator,
    {%- else %}
    cast(counted.numerator as {{ type_bigint() }}) as numerator,
    {%- endif %}
    cast(counted.denominator as {{ type_bigint() }}) as denominator
from cells
cross join categories
left join counted using (area_level, area_code, period_grain, period, dimension_1, category_1)
{%- if coverage == 'region' %}
-- a rest that a source never has (an onbekend zorgregio at CoMensha) is no cell: as a 0 it would have its whole table withheld
where area_code not in ('onbekend', 'elders') or (area_level, area_code) in (select distinct counted.area_level, counted.area_code from counted)
{%- else %}
-- each area answers for itself, so a rest without rows is no cell
where area_code not in ('onbekend', 'elders') or counted.numerator is not null
{%- endif %}
{%- endmacro %}
