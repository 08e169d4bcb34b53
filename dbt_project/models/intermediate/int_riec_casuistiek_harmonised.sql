with casuistiek as ({{ latest_revision(ref('stg_riec_casuistiek'), by=['period']) }}),

-- every table in every delivered quarter: a row that was left out is unknown, and no 0
tables as (
    select distinct tafels.ondermijningstafel, quarters.period
    from casuistiek as tafels
    cross join casuistiek as quarters
)

select
    case when tables.ondermijningstafel = 'ABC' then 'abc' else 'district' end as leaf_level,
    -- what the regional table handles lies in more districts than one: it counts in the region, and among the districts in the rest
    case when tables.ondermijningstafel = 'regionaal' then 'onbekend' else tables.ondermijningstafel end as leaf_code,
    tables.period as base_period,
    tables.ondermijningstafel,
    casuistiek.signal_count,
    casuistiek.started_case_count,
    casuistiek.running_case_count,
    casuistiek.closed_case_count,
    casuistiek.criminal_intervention_count,
    casuistiek.administrative_intervention_count,
    casuistiek.fiscal_intervention_count
from tables
left join casuistiek
    on
        tables.ondermijningstafel = casuistiek.ondermijningstafel
        and tables.period = casuistiek.period
        and casuistiek.thema = 'mensenhandel en -smokkel'
