{#-
Directly standardised rates over the rows of a group, one row per stratum (an age group), after Dobson 1991 as PHE computes them.
Aggregate expressions; null below ten events (PHE: fewer carry no standardised rate) and where a stratum is not known.

events      column: number of events in the stratum
population  column: people in the stratum
weight      column: people in the stratum of the standard population
per         rate per so many people
variance    column: variance of the events; events that come in repeats of one person vary more (sum of f x f x persons with f events)
-#}

{#- True where a rate can be standardised. Division by nobody is null, and so is seen: Spark would stop at it. -#}
{% macro is_standardisable(events, population, weight) -%}
(sum({{ events }}) >= 10 and count(*) = count({{ weight }} * {{ events }} / nullif({{ population }}, 0)))
{%- endmacro %}

{% macro standardised_rate(events, population, weight, per) -%}
case
    when {{ is_standardisable(events, population, weight) }}
        then {{ per }} * sum(1e0 * {{ weight }} * {{ events }} / nullif({{ population }}, 0)) / sum({{ weight }})
end
{%- endmacro %}

{% macro standardised_limit(side, events, population, weight, per, confidence=0.95, variance=none) -%}
case
    when {{ is_standardisable(events, population, weight) }}
        then {{ standardised_rate(events, population, weight, per) }}
        + {{ per }} / sum({{ weight }}) * ({{ byar_limit(side, 'sum(' ~ events ~ ')', confidence) }} - sum({{ events }}))
        * sqrt(sum(power(1e0 * {{ weight }} / nullif({{ population }}, 0), 2) * {{ variance or events }}) / sum({{ events }}))
end
{%- endmacro %}
