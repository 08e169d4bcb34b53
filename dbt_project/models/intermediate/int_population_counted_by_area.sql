-- every group by the smallest area that CBS knows it of; a wijk has inhabitants only, since ages, sexes, households and businesses do
-- not spread over wijken as inhabitants do
with by_leaf as (
    select 'gemeente' as leaf_level, gemeente_code as leaf_code, period, population_group, inhabitant_count as population_count
    from {{ ref('int_bevolking_grouped') }}
    union all
    select 'gemeente' as leaf_level, gemeente_code as leaf_code, period, 'huishoudens' as population_group, household_count as population_count
    from {{ ref('int_huishoudens_harmonised') }}
    union all
    select 'gemeente' as leaf_level, gemeente_code as leaf_code, period, 'bedrijven' as population_group, establishment_count as population_count
    from {{ ref('int_bedrijven_harmonised') }}
    union all
    select 'wijk' as leaf_level, wijk_code as leaf_code, period, 'totaal' as population_group, inhabitant_count as population_count
    from {{ ref('int_bevolking_split_by_wijk') }}
),

of_gemeenten as (
    select distinct area_level, area_code
    from {{ ref('dim_area_member') }}
    where leaf_level = 'gemeente'
),

-- the leaves of an area on 1 January: its gemeenten, or its wijken where no gemeente lies in it whole (A, B, C and parts of Leiden)
members as (
    select
        area_members.leaf_level,
        area_members.leaf_code,
        area_members.area_level,
        area_members.area_code,
        periods.period,
        periods.period_year,
        count(*) over (partition by area_members.area_level, area_members.area_code, periods.period) as leaf_count
    from {{ ref('dim_area_member') }} as area_members
    inner join {{ ref('dim_period') }} as periods
        on periods.period_grain = 'jaar' and periods.start_date between area_members.valid_from and area_members.valid_to
    left join of_gemeenten on area_members.area_level = of_gemeenten.area_level and area_members.area_code = of_gemeenten.area_code
    where
        area_members.area_code not in ('onbekend', 'elders')
        and area_members.leaf_code not in ('onbekend', 'elders')
        and area_members.area_level != 'wijk'
        and (area_members.leaf_level = 'gemeente' or (area_members.leaf_level = 'wijk' and of_gemeenten.area_code is null))
)

select
    members.area_level,
    members.area_code,
    members.period_year,
    by_leaf.population_group,
    cast(sum(by_leaf.population_count) as {{ type_bigint() }}) as population_count,
    members.leaf_level = 'wijk' as is_derived
from members
inner join by_leaf
    on members.leaf_level = by_leaf.leaf_level and members.leaf_code = by_leaf.leaf_code and members.period = by_leaf.period
group by members.area_level, members.area_code, members.period_year, by_leaf.population_group, members.leaf_count, members.leaf_level
-- an area of which one leaf is missing is not known
having count(*) = members.leaf_count
