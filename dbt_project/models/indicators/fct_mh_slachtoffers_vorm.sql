with counted as (
    select * from {{ ref('int_vormen_counted_by_area') }}
),

indicator as (
    select * from {{ ref('dim_indicator') }}
    where indicator_id = 'mh_slachtoffers_vorm'
)

select
{{ indicator_columns() }}
from counted
inner join indicator on {{ is_in_catalogue() }}
