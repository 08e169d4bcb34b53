-- what the werkgroep has agreed and has not withdrawn; a concept is not for readers
with notes as ({{ latest_revision(ref('stg_duiding'), by=['note_id']) }})

select note_id, note_date, indicator_id, area_level, area_code, period, title, note, written_by, visible_to
from notes
where status = 'vastgesteld' and coalesce(valid_to_date >= {{ known_on() }}, true)
