with counted as (
    select * from {{ ref('int_online_registraties_counted_by_area') }}
),

indicator as (
    select * from {{ ref('dim_indicator') }}
    where indicator_id = 'oc_registraties'
),

inhabitants as (
    select * from {{ ref('dim_population') }}
    where age_group = 'totaal'
)

select
{{ indicator_columns(denominator='inhabitants.inhabitant_count') }}
from counted
inner join indicator on {{ is_in_catalogue() }}
left join inhabitants using (area_level, area_code, period_year)
-- a place without known inhabitants stands once, as unknown; its breakdowns would be 40,000 more empty cells
where counted.dimension_1 = 'totaal' or inhabitants.inhabitant_count is not null
