select
    cast(indicator_id as {{ type_string() }}) as indicator_id,
    cast(break_date as date) as datum,
    cast(soort as {{ type_string() }}) as soort,
    cast(area_level as {{ type_string() }}) as area_level,
    cast(area_code as {{ type_string() }}) as area_code,
    cast(titel as {{ type_string() }}) as titel,
    cast(zin as {{ type_string() }}) as zin,
    cast(bron as {{ type_string() }}) as bron
from {{ ref('dim_gebeurtenis') }}
