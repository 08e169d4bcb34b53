{#-
Score statistics of two periods: about standard normal where nothing changed, 0 where nothing happened in both.

x, n    count and what it is divided by in this period; y, m the same a year earlier
-#}

{#- Two Poisson rates (Gu et al. 2008, score). Its square-root sister gave more false signals at every size that was simulated. -#}
{% macro two_rates_score(x, n, y, m) -%}
{%- set ratio = '(1e0 * ' ~ n ~ ' / nullif(' ~ m ~ ', 0))' -%}
coalesce(({{ x }} - {{ y }} * {{ ratio }}) / nullif(sqrt(({{ x }} + {{ y }}) * {{ ratio }}), 0), 0e0)
{%- endmacro %}

{#- Two shares, with the pooled share under the root. -#}
{% macro two_shares_score(x, n, y, m) -%}
coalesce(
    (1e0 * {{ x }} * {{ m }} - 1e0 * {{ y }} * {{ n }})
    / nullif(sqrt(1e0 * {{ n }} * {{ m }} * ({{ x }} + {{ y }}) * ({{ n }} + {{ m }} - {{ x }} - {{ y }}) / nullif({{ n }} + {{ m }}, 0)), 0),
    0e0
)
{%- endmacro %}

{#- The score of a pair that may be compared; else null. -#}
{% macro change_score() -%}
case
    when why_not is not null then null
    when interval_kind = 'wilson' then {{ two_shares_score('numerator', 'base', 'earlier_numerator', 'earlier_base') }}
    else {{ two_rates_score('numerator', 'base', 'earlier_numerator', 'earlier_base') }}
end
{%- endmacro %}

{#- How much a real variation of the rate adds to the variance of the score: the mean count, or the harmonic mean of two denominators. -#}
{% macro change_weight() -%}
2e0 * base * earlier_base / nullif(base + earlier_base, 0)
* case when interval_kind = 'wilson' then 1e0 else (numerator + earlier_numerator) / nullif(base + earlier_base, 0) end
{%- endmacro %}

{#- Pairs of which the score is near enough to normal to tell how much figures vary: ten counted, and for a share ten not counted. -#}
{% macro is_change_informative() -%}
(
    why_not is null and numerator + earlier_numerator >= 10
    and (interval_kind != 'wilson' or base + earlier_base - numerator - earlier_numerator >= 10)
)
{%- endmacro %}
