{#- Parts, onbekend and elders together are the region, at every level that an indicator is counted at. What a source counts for
    gemeenten it cannot split over A, B and C, so there ABC stands for them beside the other districts. A person may stand in two
    parts: with persons=true no one may be lost, but some may stand twice. A cell that was not counted makes its sum unknown.
    `counted` and not the numerator: nobody lives in onbekend, so a rate has no figure there, but what was counted is not lost. -#}
{% test assert_parts_and_rests_sum_to_region(model, persons=false) %}
with cells as (
    select * from {{ model }}
),

parts as (
    select area_level as parts_level, area_level, area_code, period_grain, period, dimension_1, category_1, counted
    from cells
    where area_level not in ('regio', 'abc')
    union all
    select 'district' as parts_level, area_level, area_code, period_grain, period, dimension_1, category_1, counted
    from cells
    where
        area_level = 'abc'
        and not exists (
            select 1 from cells as districts
            inner join {{ ref('dim_area_ancestor') }} as ancestors
                on districts.area_code = ancestors.leaf_code and ancestors.leaf_level = 'district' and ancestors.area_level = 'abc'
            where districts.area_level = 'district'
        )
),

sums as (
    select parts_level, period_grain, period, dimension_1, category_1, sum(counted) as parts_sum
    from parts
    group by parts_level, period_grain, period, dimension_1, category_1
    having count(*) = count(counted)
)

select sums.parts_level, sums.period_grain, sums.period, sums.dimension_1, sums.category_1
from sums
inner join cells as regions using (period_grain, period, dimension_1, category_1)
where
    regions.area_level = 'regio'
    and regions.counted is not null
    and sums.parts_sum {{ '<' if persons else '!=' }} regions.counted
{% endtest %}
