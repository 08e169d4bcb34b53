with known as (
    select * from {{ ref('dim_area_ancestor') }}
),

rests as (
    select area_level, area_code, valid_from, valid_to
    from {{ ref('dim_area') }}
    where area_code in ('onbekend', 'elders')
),

-- a rest counts in the region, and is the same rest at every level
rest_members as (
    select
        leaves.area_level as leaf_level,
        leaves.area_code as leaf_code,
        ancestors.area_level,
        ancestors.area_code,
        leaves.valid_from,
        leaves.valid_to
    from rests as leaves
    inner join rests as ancestors on leaves.area_code = ancestors.area_code
    union all
    select
        rests.area_level as leaf_level,
        rests.area_code as leaf_code,
        regions.area_level,
        regions.area_code,
        rests.valid_from,
        rests.valid_to
    from rests
    cross join {{ ref('dim_area') }} as regions
    where regions.area_level = 'regio'
),

zorgregio_members as (
    select * from known
    where leaf_level = 'zorgregio'
    union all
    select * from rest_members
    where leaf_level = 'zorgregio' and area_level in ('zorgregio', 'regio')
),

zorgregio_leaves as (
    select distinct leaf_code
    from zorgregio_members
),

-- leaf `HGL-onbekend`: a record of which only the zorgregio is known counts there and in the region, and is onbekend below
zorgregio_rest_members as (
    select
        members.leaf_level,
        concat(members.leaf_code, '-', rests.area_code) as leaf_code,
        members.area_level,
        members.area_code,
        members.valid_from,
        members.valid_to
    from zorgregio_members as members
    cross join rests
    where rests.area_level = 'zorgregio'
    union all
    select
        'zorgregio' as leaf_level,
        concat(leaves.leaf_code, '-', rests.area_code) as leaf_code,
        rests.area_level,
        rests.area_code,
        rests.valid_from,
        rests.valid_to
    from zorgregio_leaves as leaves
    cross join rests
    where rests.area_level != 'zorgregio'
)

select * from known
where leaf_level != 'zorgregio'
union all
select * from rest_members
where leaf_level != 'zorgregio'
union all
select * from zorgregio_rest_members
