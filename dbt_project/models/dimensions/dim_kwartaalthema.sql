with themes as ({{ latest_revision(ref('stg_kwartaalthemas'), by=['period']) }})

select period, title, themas, omschrijving, doelgroep, trekker, meeting, meeting_date
from themes
