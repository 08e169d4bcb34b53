select
    cast(period as {{ type_string() }}) as kwartaal,
    cast(title as {{ type_string() }}) as titel,
    cast(themas as {{ type_string() }}) as themas,
    cast(omschrijving as {{ type_string() }}) as omschrijving,
    cast(doelgroep as {{ type_string() }}) as doelgroep,
    cast(trekker as {{ type_string() }}) as trekker,
    cast(meeting as {{ type_string() }}) as bijeenkomst,
    cast(meeting_date as date) as bijeenkomst_op
from {{ ref('dim_kwartaalthema') }}
