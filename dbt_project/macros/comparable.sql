{#-
Why a cell is not compared, in Dutch; null where it is. Of its state and that of the same cell a year before (earlier_state), the
kind of interval and the break in between. Only final figures are compared: with nothing changed and 70% delivered, 79 of 100 arrows point down.
-#}
{% macro why_not_compared() -%}
case
    when earlier_period is null then 'Perioden van deze lengte worden niet met een jaar eerder vergeleken.'
    when interval_kind = 'enquete' then 'Dit is een enquêtecijfer: vergelijk de marges van de enquête zelf.'
    when coalesce(interval_kind, 'geen') not in ('poisson', 'wilson') then 'Voor dit cijfer bestaat geen toets.'
    when area_code in ('onbekend', 'elders') then 'Een restgroep wordt niet vergeleken.'
    when state = 'voorlopig' then 'Het cijfer is nog voorlopig.'
    when state not in ('waarde', 'nihil') then 'Het cijfer is onbekend of niet van toepassing.'
    when earlier_state is null then 'Er is geen cijfer van een jaar eerder.'
    when earlier_state = 'voorlopig' then 'Het cijfer van een jaar eerder is nog voorlopig.'
    when earlier_state not in ('waarde', 'nihil') then 'Het cijfer van een jaar eerder is onbekend of niet van toepassing.'
    when break_title is not null then concat('Trendbreuk: ', break_title, '.')
end
{%- endmacro %}

{#- The same, after the comparisons were gathered: a pair is not judged before it is known how much such figures vary. -#}
{% macro reason() -%}
case
    when why_not is null and variation is null then 'Er zijn nog te weinig vergelijkingen om de gewone schommeling te kennen.'
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
