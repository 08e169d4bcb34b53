{#- Rows of the newest delivery for each value of `by`: a later delivery for the same period replaces the earlier one whole,
    also the rows that it no longer has. Received at the same moment: the larger sha256, so that two runs agree. -#}
{% macro latest_revision(relation, by) %}
select *
from (
    select
        revisions.*,
        dense_rank() over (
            partition by {{ by | join(', ') }}
            order by revisions.received_at desc, revisions.delivery_sha256 desc
        ) as revision_rank
    from {{ relation }} as revisions
) as ranked_revisions
where revision_rank = 1
{%- endmacro %}
