with counted as (
    select
        verdachten.*,
        -- a rate of an age band is over the young people of that band
        case when verdachten.dimension_1 = 'leeftijd' then verdachten.category_1 else '12-23' end as age_group
    from {{ ref('int_jeugd_verdachten_counted_by_area') }} as verdachten
),

indicator as (
    select * from {{ ref('dim_indicator') }}
    where indicator_id = 'ja_verdachten_12_23'
),

jongeren as (
    select * from {{ ref('dim_population') }}
)

select
{{ indicator_columns(denominator='jongeren.inhabitant_count') }}
from counted
inner join indicator on {{ is_in_catalogue() }}
left join jongeren using (area_level, area_code, period_year, age_group)
-- a place without known inhabitants stands once, as unknown; its breakdowns would be 40,000 more empty cells
where counted.dimension_1 = 'totaal' or jongeren.inhabitant_count is not null
