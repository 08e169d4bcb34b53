{#- The indicators that bronnen_naast_elkaar names; assert_every_statement_has_its_figure says when one is missing here. -#}
{%- set indicators = ['mh_slachtoffers', 'mh_meldingen_melder', 'mh_incidenten', 'mh_aangiften', 'mh_meldpunt_meldingen', 'oc_verdachten', 'ja_geldezels'] -%}
with figures as (
    {%- for indicator_id in indicators %}
    select indicator_id, period_grain, period, dimension_1, category_1, state, counted
    from {{ ref('fct_' ~ indicator_id) }}
    where area_level = 'regio' and period_grain in ('kwartaal', 'jaar')
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

stated as (
    select
        statements.onderwerp,
        statements.statement_rank,
        figures.period_grain,
        figures.period,
        statements.indicator_id,
        statements.uitspraak,
        figures.state,
        figures.counted,
        statements.uitleg
    from {{ ref('dim_bronuitspraak') }} as statements
    inner join figures
        on
            statements.indicator_id = figures.indicator_id
            and statements.dimension_1 = figures.dimension_1
            and statements.category_1 = figures.category_1
),

firsts as (
    select onderwerp, period_grain, period, counted as first_counted
    from stated
    where statement_rank = 1
)

select
    cast(stated.onderwerp as {{ type_string() }}) as onderwerp,
    cast(stated.statement_rank as {{ type_bigint() }}) as statement_rank,
    cast(stated.period_grain as {{ type_string() }}) as period_grain,
    cast(stated.period as {{ type_string() }}) as period,
    cast(stated.indicator_id as {{ type_string() }}) as indicator_id,
    cast(stated.uitspraak as {{ type_string() }}) as uitspraak,
    cast(stated.state as {{ type_string() }}) as state,
    cast(stated.counted as {{ type_bigint() }}) as counted,
    cast(stated.counted - firsts.first_counted as {{ type_bigint() }}) as difference,
    cast(
        case
            when stated.statement_rank = 1 or stated.counted is null or firsts.first_counted is null then null
            when stated.counted = firsts.first_counted then 'gelijk'
            when stated.uitleg is not null then 'verklaard'
            else 'open'
        end as {{ type_string() }}
    ) as verschil,
    cast(stated.uitleg as {{ type_string() }}) as uitleg
from stated
left join firsts using (onderwerp, period_grain, period)
