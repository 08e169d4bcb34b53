"""The overview: per theme the figures that moved, what is new in this release, what is late, and the region on the map."""

from collections.abc import Sequence

import streamlit as st

from app import detail, frame, movement, news, outline, theme_page, wording
from app.figures import Area
from app.markup import plain
from app.movement import Move
from app.release import Release, ReleaseError

PAGES = ("mensenhandel", "online_criminaliteit", "jonge_aanwas")  # themes with a page of their own, views/<theme>.py
TILES_PER_THEME = 2
LINES = 5  # of what is new; the page Wijzigingen has the rest


def show_theme(release: Release, theme: str, found: Sequence[Move], area: Area, region: Area) -> None:
    """The figures of a theme that moved, the clearest first; its first figure where none did."""
    st.header(plain(wording.theme_title(theme)), anchor=False)
    said = {move.indicator.id: move.sentence for move in found if move.indicator.theme == theme}
    mine = [one for one in release.indicators if one.theme == theme]
    first = [one for name in said for one in mine if one.id == name][:TILES_PER_THEME] or mine[:1]
    for indicator in first:
        page = f"views/{theme}.py" if theme in PAGES else None
        theme_page.show_tile(release, indicator, area, region, page, said.get(indicator.id, "In dit thema is niets duidelijk veranderd"))


def show_news(release: Release) -> None:
    """What came since the release before, in short."""
    st.header("Nieuw in deze release", anchor=False)
    earlier = news.before(release)
    if earlier is None:
        frame.show_html("<p>Dit is de eerste release.</p>")
        return
    try:
        came, periods = news.news(release, earlier)
    except ReleaseError:
        frame.show_html("<p>De vorige release kan niet worden gelezen. Daarom is niet bekend wat er nieuw is.</p>")
        return
    if not came and not periods:
        frame.show_html("<p>Er zijn geen nieuwe leveringen en geen nieuwe perioden.</p>")
    show_list("Nieuwe of herziene leveringen", came)
    show_list("Indicatoren met een nieuwe periode", [(name, wording.format_period(period)) for name, period in periods])
    st.page_link("views/wijzigingen.py", label="Alles wat er is veranderd")


def show_list(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    """The first of what is new, and how much more there is."""
    if pairs:
        lines = [f"{name}: {about}" for name, about in pairs[:LINES]] + ([f"en nog {len(pairs) - LINES}"] if len(pairs) > LINES else [])
        frame.show_html(f"<p>{frame.safe(title)} ({len(pairs)}):</p><ul>{''.join(f'<li>{frame.safe(line)}</li>' for line in lines)}</ul>")


def show_late_deliveries(release: Release) -> None:
    """Say which deliveries are late or missing; say so too when none is."""
    late = [row for row in release.deliveries.iter_rows(named=True) if row.get("status") in ("te laat", "ontbreekt")]
    st.header("Leveringen", anchor=False)
    if not late:
        frame.show_html(frame.note("Alle verwachte leveringen zijn op tijd binnen.", "goed"))
    for row in late:
        due = wording.format_date(row.get("due_at"))
        newest = (
            f"Het nieuwste dat er is, gaat over {wording.period_in_sentence(row['newest_period'])}."
            if row.get("newest_period")
            else "Er is nog niets ontvangen."
        )
        frame.show_html(frame.note(f"{row['title']} ({row['partner']}): {row['status']}. Verwacht uiterlijk {due}. {newest}"))
    st.page_link("views/leveringen.py", label="Wat er is gekomen en wat er nog komt")


release = frame.release_in_view()
st.title("Ketenmonitor regio Den Haag")
frame.show_html(
    "<p>Cijfers van de ketenpartners over mensenhandel, online criminaliteit en jonge aanwas in de 27 gemeenten van de politie-eenheid Den Haag.</p>"
)
area, region = theme_page.choose_area(release)
frame.show_html(
    f"<p>Per thema ziet u wat er in {frame.safe(area.in_sentence)} duidelijk anders is dan in de periode ervoor. Duidelijk betekent: de marges van beide "
    "cijfers (hun 95%-interval) overlappen niet. Cijfers zonder marge doen hier niet mee.</p>"
)
found = movement.moved(release, area, region)
themes = outline.themes(release)
for start in range(0, len(themes), 3):
    for column, theme in zip(st.columns(3), themes[start : start + 3], strict=False):
        with column:
            show_theme(release, theme, found, area, region)
show_news(release)
show_late_deliveries(release)
if rest := [indicator for indicator in release.indicators if indicator.theme not in PAGES]:
    st.header("De regio op de kaart", anchor=False)
    detail.show_detail(release, rest, area, region)
frame.show_rejected_address()
