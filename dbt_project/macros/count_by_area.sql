{#-
Counts the rows of a harmonised model for every area above their leaf, every period that was due and every category.

rows         relation with leaf_level, leaf_code, base_period, the breakdown columns and what is counted
delivery     whose calendar says which periods were delivered; a period with a gap has no number, for late is not low
base_grain   grain of base_period
numerator    a column to sum where `where` holds; with distinct=true a key (a pseudonym) that counts once per cell
denominator  for shares: a column to sum where `denominator_where` holds; distinct counts the same key as the numerator
breakdowns   columns that each give a dimension; total=false where only the categories of a several-valued column are wanted
standing     true for a stand: a longer period has that of its last base period, for a stand does not add up
coverage     region: a delivery speaks for the whole region, so an empty cell is 0
             every_leaf: a cell is known when each of its leaves was delivered, else null
             any_leaf: a cell is known as soon as one of its leaves was delivered, else null
form         column with the form list of a row, where that changed: a category of another form is unknown, see unasked_cells
Where a partner wrote `<5` the column is null, and every cell that such a row counts in is unknown.
-#}
{% macro count_by_area(
    rows, delivery, base_grain, numerator, where, distinct, denominator, denominator_where, breakdowns, total, standing, coverage, form=none
) %}
{%- set is_share = denominator is not none or (distinct and denominator_where is not none) %}
{%- set of_denominator = denominator_where or 'true' %}
{%- set dimensions = (['totaal'] if total else []) + breakdowns %}
with {{ form_lists(rows, form, breakdowns) if form }} observed as (
    -- summed per leaf and base period first: 100,000 rows shrink to some 20,000 before they spread over areas and periods
    {%- for dimension in dimensions %}
    {{ observed_cells(rows, dimension, numerator, where, distinct, denominator, of_denominator, is_share, form) }}
    {{- '\n    union all' if not loop.last or form }}
    {%- endfor %}
    {{- unasked_cells(rows, form) if form }}
),

delivered as (
    {%- if coverage == 'region' %}
    select distinct leaf_level, cast(null as {{ type_string() }}) as leaf_code, cast(null as {{ type_string() }}) as base_period
    {%- else %}
    select distinct leaf_level, leaf_code, base_period
    {%- endif %}
    from {{ rows }}
),

memberships as (
    select
        area_members.leaf_level,
        area_members.leaf_code,
        area_members.area_level,
        area_members.area_code,
        periods.base_period,
        periods.period_grain,
        periods.period,
        periods.is_complete,
        periods.is_final
    from {{ ref('dim_area_member') }} as area_members
    inner join {{ ref('dim_delivery_period') }} as periods on periods.base_start_date between area_members.valid_from and area_members.valid_to
    inner join indicator
        on
            indicator.area_levels like concat('%|', area_members.area_level, '|%')
            and indicator.period_grains like concat('%|', periods.period_grain, '|%')
    where
        periods.delivery = '{{ delivery }}'
        and periods.base_grain = '{{ base_grain }}'
        and area_members.leaf_level in (select delivered.leaf_level from delivered)
        {%- if standing %}
        and periods.is_last_base
        {%- endif %}
),

{{ known_cells(coverage, distinct, is_share, total) }}
{%- endmacro %}
