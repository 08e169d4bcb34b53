{#- Where engines differ. Everything else in this project is SQL that DuckDB and Spark both read. -#}

{#- dbt-duckdb's own safe_cast is a plain cast, which stops the run at the first bad value. -#}
{% macro duckdb__safe_cast(field, type) %}try_cast({{ field }} as {{ type }}){% endmacro %}

{#- Text as the alias table holds it: lower case, one space between words, a straight apostrophe. -#}
{% macro normalised(text) %}{{ return(adapter.dispatch('normalised')(text)) }}{% endmacro %}
{% macro default__normalised(text) %}lower(trim(regexp_replace(replace({{ text }}, '’', ''''), '\\s+', ' '))){% endmacro %}
{% macro duckdb__normalised(text) %}lower(trim(regexp_replace(replace({{ text }}, '’', ''''), '\s+', ' ', 'g'))){% endmacro %}
