select
    onderwerp,
    volgorde as statement_rank,
    indicator_id,
    dimension as dimension_1,
    category as category_1,
    uitspraak,
    uitleg
from {{ ref('bronnen_naast_elkaar') }}
