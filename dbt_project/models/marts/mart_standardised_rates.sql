{%- set cell = ['indicator_id', 'area_level', 'area_code', 'period_grain', 'period'] -%}
{%- set columns = ['events', 'population', 'weight', 'max(per)'] -%}
with strata as (
    {%- for indicator_id, by in standardised_indicators().items() %}
    select
        {{ cell | join(', ') }},
        category_1 as population_group,
        state,
        numerator as events,
        'Leeftijdsopbouw van de {{ by.people }} in de regio in dezelfde periode' as standard_population,
        {{ by.groups | length }} as group_count
    from {{ ref('fct_' ~ indicator_id) }}
    where
        dimension_1 = '{{ by.breakdown }}'
        and category_1 in ('{{ by.groups | join("', '") }}')
        and area_code not in ('onbekend', 'elders')
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

weighted as (
    select strata.*, people.population_count as population, people.population_year, standard.population_count as weight, indicator.per
    from strata
    inner join {{ ref('dim_indicator') }} as indicator on strata.indicator_id = indicator.indicator_id
    left join {{ ref('dim_population') }} as people
        on
            {%- for column in cell[1:] + ['population_group'] %}
            {{ 'and ' if not loop.first }}strata.{{ column }} = people.{{ column }}
            {%- endfor %}
    left join {{ ref('dim_population') }} as standard
        on
            standard.area_level = 'regio'
            and strata.period_grain = standard.period_grain
            and strata.period = standard.period
            and strata.population_group = standard.population_group
),

rates as (
    select
        {{ cell | join(', ') }},
        standard_population,
        case when count(*) = group_count and count(*) = count(events * population * weight) then 1 end as is_known,
        count(case when state = 'voorlopig' then 1 end) as provisional_count,
        sum(events) as event_count,
        sum(population) as population_count,
        max(population_year) as population_year,
        max(per) * sum(1e0 * events) / nullif(sum(population), 0) as crude_rate,
        {{ standardised_rate(*columns) }} as standardised_rate,
        {{ standardised_limit('lower', *columns) }} as lower_limit,
        {{ standardised_limit('upper', *columns) }} as upper_limit
    from weighted
    group by {{ cell | join(', ') }}, standard_population, group_count
)

select
    {%- for column in cell + ['standard_population'] %}
    cast({{ column }} as {{ type_string() }}) as {{ column }},
    {%- endfor %}
    cast(provisional_count > 0 as boolean) as is_provisional,
    cast(event_count * is_known as {{ type_bigint() }}) as event_count,
    cast(population_count * is_known as {{ type_bigint() }}) as population_count,
    cast(population_year * is_known as {{ type_bigint() }}) as population_year,
    {%- for column, source in {'crude_rate': 'crude_rate', 'standardised_rate': 'standardised_rate', 'lower': 'lower_limit', 'upper': 'upper_limit'}.items() %}
    cast({{ source }} * is_known as double) as {{ column }},
    {%- endfor %}
    cast(
        case
            when is_known is null then 'Een leeftijdsgroep of het aantal inwoners is niet bekend.'
            when event_count < 10 then 'Bij minder dan tien gebeurtenissen is een gestandaardiseerd cijfer te onzeker.'
        end as {{ type_string() }}
    ) as reason
from rates
