{#- Of a register that is delivered as a whole list per period: the newest revision of the newest list that has begun. -#}
{% macro newest_list(relation, period_grain) %}
select *
from (
    select revisions.*, dense_rank() over (order by revisions.period desc) as list_rank
    from ({{ latest_revision(relation, by=['period']) }}) as revisions
    inner join {{ ref('dim_period') }} as periods on periods.period_grain = '{{ period_grain }}' and revisions.period = periods.period
    where periods.start_date <= {{ known_on() }}
) as ranked_lists
where list_rank = 1
{%- endmacro %}

{#- True on the days on which an entry holds; without a last day it holds on. -#}
{% macro holds_now() -%}
valid_from_date <= {{ known_on() }} and coalesce(valid_to_date >= {{ known_on() }}, true)
{%- endmacro %}
