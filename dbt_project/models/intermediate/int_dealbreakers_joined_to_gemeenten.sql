-- all gemeenten of every delivered month, so that those that take part are counted of all that could
with deelnames as (
    select distinct leaf_code, base_period
    from {{ ref('int_dealbreakers_harmonised') }}
)

select
    gemeenten.leaf_level,
    gemeenten.leaf_code,
    months.base_period,
    deelnames.leaf_code is not null as is_taking_part
from {{ ref('dim_area_member') }} as gemeenten
inner join {{ ref('dim_delivery_period') }} as months on months.base_start_date between gemeenten.valid_from and gemeenten.valid_to
left join deelnames on gemeenten.leaf_code = deelnames.leaf_code and months.base_period = deelnames.base_period
where
    gemeenten.leaf_level = 'gemeente'
    and gemeenten.area_level = 'gemeente'
    and gemeenten.leaf_code not in ('onbekend', 'elders')
    and months.delivery = 'dealbreakers_deelname'
    and months.base_grain = 'maand'
    and months.period_grain = 'maand'
