{#- Nothing is lost on the way through areas and periods: each leaf lies in the region on its day, and each base period is due. -#}
{% test assert_every_row_reaches_the_region(model, delivery, base_grain) %}
select rows.leaf_level, rows.leaf_code, rows.base_period
from {{ model }} as rows
left join {{ ref('dim_delivery_period') }} as periods
    on
        periods.delivery = '{{ delivery }}'
        and periods.base_grain = '{{ base_grain }}'
        and periods.period_grain = '{{ base_grain }}'
        and rows.base_period = periods.base_period
left join {{ ref('dim_area_member') }} as regions
    on
        rows.leaf_level = regions.leaf_level
        and rows.leaf_code = regions.leaf_code
        and regions.area_level = 'regio'
        and periods.base_start_date between regions.valid_from and regions.valid_to
where regions.area_code is null
{% endtest %}
