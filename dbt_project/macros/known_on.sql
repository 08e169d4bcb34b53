{#- The moment up to which deliveries are known, from KETENMONITOR_AS_OF (a date means its end; UTC), or nothing: all that came. -#}
{% macro as_of() %}
{%- set moment = env_var('KETENMONITOR_AS_OF', '') -%}
{{- return(moment ~ ' 23:59:59.999999' if moment | length == 10 else moment) -}}
{% endmacro %}

{#- The day on which it is asked whether a figure is final: that of the as-of moment, else today when the query runs. -#}
{% macro known_on() -%}
{%- set moment = as_of() -%}
{{ "cast('" ~ moment[:10] ~ "' as date)" if moment else adapter.dispatch('utc_today')() }}
{%- endmacro %}

{#- By UTC, whatever zone the machine or the session has: the day of a release is that of its `created_at`. -#}
{% macro duckdb__utc_today() %}cast(current_timestamp at time zone 'UTC' as date){% endmacro %}
{% macro spark__utc_today() %}cast(to_utc_timestamp(current_timestamp(), current_timezone()) as date){% endmacro %}
