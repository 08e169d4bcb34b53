{#- Rows of the newest delivery for each value of `by`: a later delivery for the same period replaces the earlier one whole,
    also the rows that it no longer has. Received at the same moment: the larger sha256, so that two runs agree.
    Every fact is bitemporal: what came after the as-of moment is not known yet.
    The deliveries are ranked and not their rows: with ten revisions of everything that took half of the time. -#}
{% macro latest_revision(relation, by) %}
select revisions.*
from {{ relation }} as revisions
inner join (
    select
        deliveries.*,
        row_number() over (partition by {{ by | join(', ') }} order by deliveries.received_at desc, deliveries.delivery_sha256 desc) as revision_rank
    from (select distinct {{ by | join(', ') }}, received_at, delivery_sha256 from {{ relation }} as known) as deliveries
    {%- if as_of() %}
    where deliveries.received_at <= cast('{{ as_of() }}' as timestamp)
    {%- endif %}
) as newest
    on
        newest.revision_rank = 1
        and revisions.delivery_sha256 = newest.delivery_sha256
        and revisions.received_at = newest.received_at
        {%- for column in by %}
        and revisions.{{ column }} is not distinct from newest.{{ column }}
        {%- endfor %}
{%- endmacro %}
