{#- One dimension of `observed`: per leaf, base period and category a sum, or the keys to count. -#}
{% macro observed_cells(rows, dimension, numerator, where, distinct, denominator, denominator_where, is_share, form) %}
    {%- set category = "'totaal'" if dimension == 'totaal' else dimension %}
    select{{ ' distinct' if distinct }}
        leaf_level,
        leaf_code,
        base_period,
        '{{ dimension }}' as dimension_1,
        cast({{ category }} as {{ type_string() }}) as category_1,
        {%- if distinct %}
        case when {{ where }} then {{ numerator }} end as numerator,
        case when {{ denominator_where if is_share else 'false' }} then {{ numerator }} end as denominator,
        0 as unknown_count
        {%- else %}
        sum(case when {{ where }} then {{ numerator }} end) as numerator,
        {{ 'sum(case when ' ~ denominator_where ~ ' then ' ~ denominator ~ ' end)' if is_share else 'cast(null as ' ~ type_bigint() ~ ')' }} as denominator,
        sum(
            case when ({{ where }}) and {{ numerator }} is null then 1
            {%- if is_share %} when ({{ denominator_where }}) and {{ denominator }} is null then 1{% endif %} else 0 end
        ) as unknown_count
        {%- endif %}
    from {{ rows }}
    -- `from rows where (true)` is to Spark a table called `where` with a column `true`
    where
        true and (({{ where }}){{ ' or (' ~ denominator_where ~ ')' if is_share }})
        {{- ' and ' ~ dimension ~ ' is not null' if form and dimension != 'totaal' }}
    {%- if not distinct %}
    group by leaf_level, leaf_code, base_period{{ ', ' ~ dimension if dimension != 'totaal' }}
    {%- endif %}
{%- endmacro %}
