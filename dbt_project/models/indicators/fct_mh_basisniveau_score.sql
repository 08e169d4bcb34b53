with counted as (
    select * from {{ ref('int_basisniveau_counted_by_area') }}
),

indicator as (
    select * from {{ ref('dim_indicator') }}
    where indicator_id = 'mh_basisniveau_score'
)

select
{{ indicator_columns(denominator='counted.denominator') }}
from counted
inner join indicator on {{ is_in_catalogue() }}
