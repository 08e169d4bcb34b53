{#-
How much more figures vary than chance alone makes them: a random-effects factor per comparison, from the indicator's own comparisons.

Chance alone gives the score a variance of 1; a real variation v of the rate (a squared coefficient of variation) adds v x weight
(Spiegelhalter 2005, additive overdispersion). A squared standard normal has median 0.4549, so the median of
(score^2 / 0.4549 - 1) / weight is v at every size of area, and a few real changes hardly move it. One factor for all sizes,
median(score^2) / 0.4549, let 1.0 of 100 unchanged municipality quarters of online crime signal: too many in large places.

series  columns of what varies alike, with period_year: a comparison is judged by those of other years, so that a change cannot hide itself
scopes  name -> columns: the comparisons of the same level and grain, else of the level, else of the indicator; the first with ten counts
-#}

{#- One row per series, scope and year: the median of that year, in which a change of the year stays. -#}
{% macro variation_by_year(scores, series, scopes) -%}
{%- for columns in scopes.values() %}
    select
        {% for column in series + columns %}{{ column }}, {% endfor -%}
        {%- for column in ['area_level', 'period_grain'] if column not in columns %}cast(null as {{ type_string() }}) as {{ column }}, {% endfor -%}
        median((score * score / 0.4549e0 - 1e0) / weight) as variation,
        count(*) as variation_count
    from {{ scores }}
    where {{ is_change_informative() }}
    group by {{ (series + columns) | join(', ') }}
    {{ 'union all' if not loop.last }}
{%- endfor %}
{%- endmacro %}

{#- One row per series, scope and year to judge: the median of the other years, and the number of comparisons that it rests on. -#}
{% macro variation_of_other_years(scores, by_year, series) -%}
select
        {% for column in series %}years.{{ column }}, {% endfor -%}
        others.area_level, others.period_grain, median(others.variation) as variation, sum(others.variation_count) as variation_count
    from (select distinct {{ series | join(', ') }} from {{ scores }} where why_not is null) as years
    inner join {{ by_year }} as others
        on years.period_year != others.period_year{% for column in series[:-1] %} and years.{{ column }} = others.{{ column }}{% endfor %}
    group by {% for column in series %}years.{{ column }}, {% endfor %}others.area_level, others.period_grain
    having sum(others.variation_count) >= 10
{%- endmacro %}

{#- The rows of `scores` and those of the scope; a column that the scope leaves out is null in it. -#}
{% macro is_same_scope(scope, series, columns) -%}
{% for column in series + columns %}scores.{{ column }} = {{ scope }}.{{ column }}{{ " and " if not loop.last }}{% endfor %}
{%- for column in ['area_level', 'period_grain'] if column not in columns %} and {{ scope }}.{{ column }} is null{% endfor %}
{%- endmacro %}

{% macro variation(scopes, column='variation') -%}
coalesce({% for scope in scopes %}{{ scope }}.{{ column }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{#- A median of few comparisons is uncertain itself: simulated without 1 + 4 / n the region's quarters had 0.75 false signals in 100, with it 0.3 to 0.4. -#}
{% macro overdispersion(scopes) -%}
(1e0 + greatest({{ variation(scopes) }}, 0e0) * weight) * (1e0 + 4e0 / {{ variation(scopes, 'variation_count') }})
{%- endmacro %}
