select
    gebied as region_name,
    jaar as period,
    soort_slachtofferschap,
    percentage as victim_percentage,
    ondergrens as victim_percentage_lower,
    bovengrens as victim_percentage_upper,
    meldingspercentage as reported_percentage,
    aangiftepercentage as filed_percentage,
    delivery_sha256,
    received_at
from {{ source('accepted', 'cbs_veiligheidsmonitor') }}
