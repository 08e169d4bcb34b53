{#-
Why a cell is not compared, in Dutch; null where it is. Of `cells` (this period), `earlier` (the same cell a year before), `indicator`,
`periods` and `breaks`. Only final figures are compared: with nothing changed and 70% delivered, 79 of 100 arrows point down.
-#}
{% macro why_not_compared() -%}
case
    when periods.earlier_period is null then 'Perioden van deze lengte worden niet met een jaar eerder vergeleken.'
    when indicator.interval_kind = 'enquete' then 'Dit is een enquêtecijfer: vergelijk de marges van de enquête zelf.'
    when coalesce(indicator.interval_kind, 'geen') not in ('poisson', 'wilson') then 'Voor dit cijfer bestaat geen toets.'
    when cells.area_code in ('onbekend', 'elders') then 'Een restgroep wordt niet vergeleken.'
    when cells.state = 'voorlopig' then 'Het cijfer is nog voorlopig.'
    when cells.state not in ('waarde', 'nihil') then 'Het cijfer is onbekend of niet van toepassing.'
    when earlier.state is null then 'Er is geen cijfer van een jaar eerder.'
    when earlier.state = 'voorlopig' then 'Het cijfer van een jaar eerder is nog voorlopig.'
    when earlier.state not in ('waarde', 'nihil') then 'Het cijfer van een jaar eerder is onbekend of niet van toepassing.'
    when breaks.titel is not null then concat('Trendbreuk: ', breaks.titel, '.')
end
{%- endmacro %}

{#- The same, after the comparisons were gathered: a pair is not judged before it is known how much such figures vary. -#}
{% macro reason(variation) -%}
case
    when why_not is null and {{ variation }} is null then 'Er zijn nog te weinig vergelijkingen om de gewone schommeling te kennen.'
    else why_not
end
{%- endmacro %}

{#- Two-sided at 0.5%. -#}
{% macro change_word(statistic) -%}
case
    when reason is not null then null
    when {{ statistic }} > 2.807e0 then 'toename'
    when {{ statistic }} < -2.807e0 then 'afname'
    else 'geen aantoonbaar verschil'
end
{%- endmacro %}
