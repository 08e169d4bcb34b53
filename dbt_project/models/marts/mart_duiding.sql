select
    cast(note_id as {{ type_string() }}) as duiding_id,
    cast(note_date as date) as datum,
    cast(indicator_id as {{ type_string() }}) as indicator_id,
    cast(area_level as {{ type_string() }}) as area_level,
    cast(area_code as {{ type_string() }}) as area_code,
    cast(period as {{ type_string() }}) as period,
    cast(title as {{ type_string() }}) as titel,
    cast(note as {{ type_string() }}) as tekst,
    cast(written_by as {{ type_string() }}) as opgesteld_door,
    cast(visible_to as {{ type_string() }}) as zichtbaar_voor
from {{ ref('dim_duiding') }}
