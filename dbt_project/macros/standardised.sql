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

{#- The one list of mart_standardised_rates: indicators of which a breakdown has age groups of dim_population, which together are the
    people that it is about, and the name of the standard population. -#}
{% macro standardised_indicators() %}
{%- set young = {'breakdown': 'leeftijd', 'groups': ['12-17', '18-23'], 'people': 'jongeren van 12 tot en met 23'} -%}
{{- return({
    'mh_slachtoffers': {'breakdown': 'leeftijdsgroep', 'groups': ['0-17', '18-22', '23-29', '30-39', '40-59', '60+'], 'people': 'inwoners'},
    'oc_registraties': {'breakdown': 'leeftijdsgroep', 'groups': ['0-17', '18-24', '25-39', '40-59', '60+'], 'people': 'inwoners'},
    'ja_verdachten_12_23': young,
    'ja_drugs': young,
    'ja_wapens': young,
    'ja_geldezels': young,
    'ja_halt': {'breakdown': 'leeftijd', 'groups': ['12-13', '14-15', '16-17'], 'people': 'jongeren van 12 tot en met 17'},
}) -}}
{% endmacro %}
