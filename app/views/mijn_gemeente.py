"""Everything that is known of one gemeente or district, beside its surroundings: one page per area, by its code in the address."""

import pandas as pd
import streamlit as st

from app import address, area_report, detail, frame, theme_page, wording
from app.figures import Area
from app.markup import plain
from app.release import Release

PAGES = {"mensenhandel": "views/mensenhandel.py", "online_criminaliteit": "views/online_criminaliteit.py", "jonge_aanwas": "views/jonge_aanwas.py"}
ORDER = (*PAGES, *area_report.THEMES_OF_OTHERS)
PRINT = '<p class="km-geen-druk"><button class="km-knop" type="button" data-km="afdrukken">Deze pagina afdrukken</button></p>'


def show_choice(release: Release) -> None:
    """All areas with a page, as links under their district."""
    st.header("Alle gemeenten en districten", anchor=False)
    groups = area_report.by_district(release)
    for start in range(0, len(groups), 4):
        for (district, gemeenten), column in zip(groups[start : start + 4], st.columns(4), strict=False):
            with column:
                st.subheader(plain(district.label) if district else "In meer districten", anchor=False)
                for area in [*([district] if district else []), *gemeenten]:
                    label = f"Heel district {area.code}" if area == district else wording.search_label(area.level, area.code, area.name)
                    st.page_link("views/mijn_gemeente.py", label=plain(label), query_params={"gebied": area.code})


def show_area(release: Release, area: Area) -> None:
    """The page of one area."""
    areas = [area, *area_report.surroundings(release, area)]
    st.header(plain(area.label), anchor=False)
    frame.show_html(f"<p>{frame.safe(area_report.where_it_lies(release, area))}</p>", PRINT)
    tiles = []
    for theme in ORDER:
        rows = area_report.rows_of(release, [one for one in release.indicators if one.theme == theme], areas[:1])
        tiles += [row.indicator for row in rows if any(cell and cell.state != "onbekend" for cell in row.cells)][:1]
    theme_page.show_tiles(release, tiles[:3], area, areas[-1], PAGES)
    for theme in ORDER:
        show_theme(release, theme, areas)
    frame.show_html(detail.SIGNS)
    st.page_link("views/herkomst.py", label="Waar komen deze cijfers vandaan?", query_params={"gebied": area.code})
    show_resilience(release, areas)
    show_activities(release, areas)


def show_theme(release: Release, theme: str, areas: list[Area]) -> None:
    """The theme's figures of the area, its surroundings beside it."""
    indicators = [one for one in release.indicators if one.theme == theme]
    rows = area_report.rows_of(release, indicators, areas)
    if not rows:
        return
    st.subheader(plain(wording.theme_title(theme)), anchor=False)
    table = [
        {"Indicator": plain(row.indicator.name), "Periode": plain(wording.format_period(row.period))}
        | {plain(area_report.short_label(area)): plain(text) for area, text in zip(areas, row.texts, strict=True)}
        | {"Eenheid": plain(wording.unit_behind(row.indicator.value_unit))}
        for row in rows
    ]
    show_rows(table, "Indicator", f"{wording.theme_title(theme)} in {areas[0].in_sentence}")
    if names := area_report.not_known(indicators, rows):
        with st.expander(f"Niet bekend op dit niveau ({len(names)})"):
            frame.show_html(f"<p>{frame.safe(wording.join_words(names))}.</p>")
    if theme in PAGES:
        st.page_link(PAGES[theme], label=f"Kaart, verloop en tabellen van {wording.theme_title(theme)}", query_params={"gebied": areas[0].code})


def show_resilience(release: Release, areas: list[Area]) -> None:
    """The parts of resilience, in order or not."""
    period, rows = area_report.resilience(release, areas)
    if not rows:
        return
    st.subheader("Weerbaarheid", anchor=False)
    show_rows([{plain(head): plain(text) for head, text in row.items()} for row in rows], "Onderdeel", f"Weerbaarheid in {areas[0].in_sentence}, {period}")
    frame.show_html(f'<p class="km-meta">Over {frame.safe(period)}. De meeste onderdelen vult een gemeente zelf in; niemand toetst dat.</p>')


def show_activities(release: Release, areas: list[Area]) -> None:
    """What is planned for the area, its district and the whole region."""
    st.subheader("Activiteiten in de buurt", anchor=False)
    held = area_report.held_last_year(release, areas[0])
    frame.show_html(f"<p>In het jaar voor deze release telde de agenda hier {held} {'activiteit' if held == 1 else 'activiteiten'}.</p>")
    planned = area_report.meetings(release, areas)
    if not planned:
        frame.show_html("<p>Er staat nu niets gepland.</p>")
        return
    table = [
        {"Datum": wording.format_date(one.day), "Activiteit": plain(one.what), "Waar": plain(one.where), "Voor wie": plain(one.for_whom)} for one in planned
    ]
    show_rows(table, "Datum", f"Geplande activiteiten voor {areas[0].in_sentence}")


def show_rows(rows: list[dict[str, str]], head: str, alt: str) -> None:
    """A table as the other pages have it."""
    with st.container(key=f"tabel-{alt.lower().replace(' ', '-')[:60]}"):
        st.table(pd.DataFrame(rows).set_index(head), border="horizontal", alt=alt)


release = frame.release_in_view()
choices = area_report.choosable(release)
st.title("Mijn gemeente of district")
address.seed("gebied", ["", *choices], "")
st.selectbox(
    "Gemeente of district",
    ["", *choices],
    format_func=lambda code: wording.search_label(choices[code].level, code, choices[code].name) if code else "Kies een gemeente of district",
    key="gebied",
    width=420,
)
if chosen := address.publish("gebied", ""):
    frame.show_whose_figures(release, choices[chosen].level, chosen)
    show_area(release, choices[chosen])
else:
    show_choice(release)
frame.show_rejected_address()
