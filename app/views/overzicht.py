"""The overview: per theme the newest figures, what is late, and the context of the region."""

import streamlit as st

from app import detail, frame, theme_page, wording
from app.release import Release

PAGES = ("mensenhandel", "online_criminaliteit", "jonge_aanwas")  # themes with a page of their own, views/<theme>.py
TILES_PER_THEME = 3


def show_late_deliveries(release: Release) -> None:
    """Say which deliveries are late or missing; say so too when none is."""
    late = [row for row in release.deliveries.iter_rows(named=True) if row.get("status") in ("te laat", "ontbreekt")]
    st.header("Leveringen", anchor=False)
    if not late:
        frame.show_html(frame.note("Alle verwachte leveringen zijn op tijd binnen.", "goed"))
        return
    for row in late:
        due = wording.format_date(row.get("due_at"))
        newest = (
            f"Het nieuwste dat er is, gaat over {wording.period_in_sentence(row['newest_period'])}."
            if row.get("newest_period")
            else "Er is nog niets ontvangen."
        )
        frame.show_html(frame.note(f"{row['title']} ({row['partner']}): {row['status']}. Verwacht uiterlijk {due}. {newest}"))


release = frame.release_in_view()
st.title("Ketenmonitor regio Den Haag")
frame.show_html(
    "<p>Cijfers van de ketenpartners over mensenhandel, online criminaliteit en jonge aanwas in de 27 gemeenten van de politie-eenheid Den Haag.</p>"
)
area, region = theme_page.choose_area(release)
rest = [indicator for indicator in release.indicators if indicator.theme not in PAGES]
first = [indicator for theme in PAGES for indicator in [one for one in release.indicators if one.theme == theme][:TILES_PER_THEME]]
st.header("De nieuwste cijfers", anchor=False)
theme_page.show_tiles(release, [*first, *rest], area, region, {theme: f"views/{theme}.py" for theme in PAGES})
show_late_deliveries(release)
if rest:
    st.header("De regio op de kaart", anchor=False)
    detail.show_detail(release, rest, area, region)
frame.show_rejected_address()
