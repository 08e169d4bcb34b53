{#- Records with a date: each gets the period of `grain` (the delivery's own) in which it lies, and of each period the newest
    revision stands whole, so that a record that a revision left out is gone. -#}
{% macro newest_by_date(relation, date_column, grain) %}
{%- set dated -%}
(
            select
                records.*,
                periods.period as base_period,
                periods.start_date as base_start_date
            from {{ relation }} as records
            left join {{ ref('dim_period') }} as periods
                on periods.period_grain = '{{ grain }}' and records.{{ date_column }} between periods.start_date and periods.end_date
        )
{%- endset -%}
{{ latest_revision(dated, by=['base_period']) }}
{%- endmacro %}
