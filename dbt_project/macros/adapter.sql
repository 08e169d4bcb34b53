{#- Where engines differ. Everything else in this project is SQL that DuckDB and Spark both read. -#}

{#- dbt-duckdb's own safe_cast is a plain cast, which stops the run at the first bad value. -#}
{% macro duckdb__safe_cast(field, type) %}try_cast({{ field }} as {{ type }}){% endmacro %}

{#- Text as the alias table holds it: lower case, one space between words, a straight apostrophe. -#}
{% macro normalised(text) %}{{ return(adapter.dispatch('normalised')(text)) }}{% endmacro %}
{% macro default__normalised(text) %}lower(trim(regexp_replace(replace({{ text }}, '’', '\''), '\\s+', ' '))){% endmacro %}
{% macro duckdb__normalised(text) %}lower(trim(regexp_replace(replace({{ text }}, '’', ''''), '\s+', ' ', 'g'))){% endmacro %}

{#- Spark knows the sources as external tables over the same Parquet, with the columns that the contracts name: a file of an older
    version then lacks columns, and a delivery that never came has no rows. Once per catalog, and again when a contract changes:
    `dbt run-operation register_sources --target spark`. -#}
{% macro register_sources() %}
{%- for source in graph.sources.values() %}
    {%- set columns = [] -%}
    {%- for column in source.columns.values() -%}
        {%- do columns.append(column.name ~ ' ' ~ (type_string() if column.data_type == 'varchar' else column.data_type)) -%}
    {%- endfor -%}
    {%- set path = modules.re.search("'(.*?)'", source.meta.external_location).group(1) | replace('{name}', source.name) -%}
    {%- do run_query('create schema if not exists ' ~ source.schema) -%}
    {%- do run_query('drop table if exists ' ~ source.relation_name) -%}
    {%- do run_query('create table ' ~ source.relation_name ~ ' (' ~ columns | join(', ') ~ ") using parquet options (path '" ~ path ~ "')") -%}
{%- endfor -%}
{% endmacro %}

{#- dbt-spark's own loading writes an empty cell as the text None and leaves the apostrophe of 's-Gravenhage unescaped. -#}
{% macro spark__load_csv_rows(model, agate_table) %}
{%- set types = model['config']['column_types'] -%}
{%- set insert -%}
insert into {{ this.render() }} values
{%- for row in agate_table.rows %}
(
    {%- for name in agate_table.column_names -%}
    {%- set cell = row[name] -%}
    cast({{ 'null' if cell is none else "'" ~ (cell | string | replace('\\', '\\\\') | replace("'", "\\'")) ~ "'" }} as {{ types[name] }}){{ ', ' if not loop.last }}
    {%- endfor -%}
){{ ',' if not loop.last }}
{%- endfor %}
{%- endset -%}
{%- do adapter.add_query(insert, abridge_sql_log=True) -%}
{{ return(insert) }}
{% endmacro %}
