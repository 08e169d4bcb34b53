-- CBS gives inhabitants of a wijk in one edition only, rounded to five. So a gemeente's own number of each year is divided by the
-- shares of its wijken in that edition. Rounding down the running total, not each part, makes the parts sum to the gemeente.
with wijken as (
    select
        wijk_code,
        gemeente_code,
        inhabitant_count,
        sum(inhabitant_count) over (partition by gemeente_code order by wijk_code rows between unbounded preceding and current row) as running_count,
        sum(inhabitant_count) over (partition by gemeente_code) as whole_count
    from {{ ref('int_wijken_harmonised') }}
),

policed as (
    select distinct leaf_code as wijk_code
    from {{ ref('dim_area_member') }}
    where leaf_level = 'wijk' and area_level = 'basisteam'
),

-- one inhabited wijk without a basisteam, or one whose inhabitants are not known, and the gemeente cannot be divided
divided as (
    select wijken.gemeente_code
    from wijken
    left join policed on wijken.wijk_code = policed.wijk_code
    group by wijken.gemeente_code, wijken.whole_count
    having count(*) = count(case when wijken.inhabitant_count = 0 or policed.wijk_code is not null then wijken.inhabitant_count end) and wijken.whole_count > 0
)

select
    wijken.wijk_code,
    inhabitants.gemeente_code,
    inhabitants.period,
    cast(
        floor(cast(inhabitants.inhabitant_count * wijken.running_count as double) / wijken.whole_count)
        - floor(cast(inhabitants.inhabitant_count * (wijken.running_count - wijken.inhabitant_count) as double) / wijken.whole_count)
        as {{ type_bigint() }}
    ) as inhabitant_count
from {{ ref('int_bevolking_harmonised') }} as inhabitants
inner join divided on inhabitants.gemeente_code = divided.gemeente_code
inner join wijken on inhabitants.gemeente_code = wijken.gemeente_code
where inhabitants.age = 'totaal' and inhabitants.sex = 'totaal'
