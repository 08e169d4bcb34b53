-- CBS delivers the whole country; an inner join keeps the region, so a gemeente outside it is dropped and not called elders.
with inhabitants as ({{ latest_revision(ref('stg_cbs_bevolking'), by=['period', 'age']) }})

select
    aliases.area_code as gemeente_code,
    inhabitants.period,
    inhabitants.age,
    inhabitants.inhabitant_count
from inhabitants
inner join {{ ref('dim_period') }} as periods on periods.period_grain = 'jaar' and inhabitants.period = periods.period
inner join {{ ref('dim_area_alias') }} as aliases
    on
        aliases.area_level = 'gemeente'
        and aliases.alias = {{ normalised('inhabitants.gemeente_name') }}
        and periods.start_date between aliases.valid_from and aliases.valid_to
where inhabitants.sex = 'totaal'
