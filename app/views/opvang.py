"""Shelter for victims of human trafficking: beds and occupancy, for whom shelter was sought, and who got none. Linked from Mensenhandel."""

import pandas as pd
import streamlit as st

from app import address, detail, drawings, figures, frame, outline, shelter, tables, theme_page, tiles, wording
from app.catalogue import Indicator
from app.figures import Area
from app.markup import plain
from app.release import Release

NOT_HERE = "Niet in deze release staan: hoeveel slachtoffers AVIM vond, hoeveel nachten zij zonder plek waren, en de bezetting per locatie."
OTHER_REGION = "AVIM werkt in een ander gebied dan de regio van CoMensha: zet deze aantallen niet naast de slachtoffers van CoMensha."


def choose_grain(present: dict[str, list[str]]) -> str:
    """The kind of period (`?per=`): one that all have, where there is one."""
    options = [grain for grain in figures.GRAIN_ORDER if any(grain in grains for grains in present.values())]
    default = next((grain for grain in options if all(grain in grains for grains in present.values())), options[0])
    address.seed("per", options, default)
    st.selectbox("Per", options, format_func=lambda grain: wording.GRAINS.get(grain, grain), key="per", width=150)
    return address.publish("per", default)


def show_numbers(numbers: dict[str, str], unit: str, when: str) -> None:
    """Numbers side by side; an empty one is not in the release."""
    for column, (name, text) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        with column, st.container(border=True, height="stretch"):
            said = f'<p class="km-value">{frame.safe(text)}</p><p class="km-unit">{unit}</p>' if text else "<p>Niet in deze release.</p>"
            frame.show_html(f'<div class="km-tile"><h3>{name}</h3>{said}<p class="km-meta">{frame.safe(when)}</p></div>')


def show_rows(rows: list[dict[str, str]], title: str, key: str) -> None:
    """A table of texts with its title and the meaning of the signs."""
    frame.show_heading(title)
    table = pd.DataFrame([{plain(head): plain(text) for head, text in row.items()} for row in rows])
    with st.container(key=f"getallen-{key}"):
        st.table(table.set_index(table.columns[0]), border="horizontal", alt=title)
    frame.show_html(detail.SIGNS)


def show_beds(release: Release, indicator: Indicator, region: Area, grain: str) -> None:
    """The beds that there are, and how many are taken over time by target group."""
    values = release.values_of(indicator.id)
    cells, series = shelter.bed_cells(values, region, grain), shelter.occupancy(values, region, grain)
    if period := figures.default_period(values, grain, outline.created_on(release)):
        when = f"Laatste dag van {wording.period_in_sentence(period)}"
        show_numbers(shelter.beds(shelter.cell_of(cells, period)), "bedden", when)
    detail.show_drawing(drawings.draw_lines(release, indicator, series, grain, [region], region.in_sentence), with_table=False)
    if series:
        with st.expander("Alle perioden in tabellen"):
            show_rows(tables.series_rows(series, indicator), f"Bezetting per doelgroep ({indicator.value_unit})", "bezetting")
            if rows := [{"Laatste dag van": wording.format_period(cell.period)} | shelter.beds(cell) for cell in reversed(cells)]:
                show_rows(rows, "Bedden op de laatste dag", "bedden")


def show_steps(release: Release, indicator: Indicator, region: Area, grain: str) -> None:
    """From found to placed as numbers side by side, the share without a place over time, and a table of all periods."""
    values = release.values_of(indicator.id)
    cells = figures.series(values, region, grain)
    frame.show_html(frame.note(OTHER_REGION))
    if period := figures.default_period(values, grain, outline.created_on(release)):
        numbers = {"Gevonden": ""} | shelter.steps(shelter.cell_of(cells, period))
        show_numbers(numbers, "slachtoffers", wording.label(wording.format_period(period)))
    detail.show_drawing(drawings.draw_lines(release, indicator, [(region, cells)], grain, [region], region.in_sentence), with_table=False)
    if cells:
        rows = [
            {"Periode": wording.format_period(cell.period)} | shelter.steps(cell) | {"Aandeel niet geplaatst": cell.text(indicator)} for cell in reversed(cells)
        ]
        show_rows(rows, "Gezocht, geplaatst en niet geplaatst", "stappen")


def show(release: Release, found: dict[str, Indicator]) -> None:
    """The whole page for the indicators that have figures."""
    region = next((area for area in outline.areas(release).values() if area.level == "regio"), Area("regio", "DH", "regio"))
    st.header("In het kort", anchor=False)
    theme_page.show_tiles(release, list(found.values()), region, region)
    grain = choose_grain({code: shelter.grains(release.values_of(code)) for code in found})
    for code, title, body in ((shelter.BEDS, "Bedden en bezetting", show_beds), (shelter.NOT_PLACED, "Van gezocht tot geplaatst", show_steps)):
        st.header(title, anchor=False)
        if indicator := found.get(code):
            body(release, indicator, region, grain)
            st.page_link("views/verkenner.py", label="In de Verkenner bekijken en downloaden", query_params={"indicator": code})
            with st.expander(f"Over dit cijfer: {plain(indicator.name)}"):
                frame.show_html(tiles.terms(tiles.indicator_terms(release, indicator)))
        else:
            frame.show_html(frame.note("Deze release heeft hier nog geen cijfers over.", "uitleg"))


release = frame.release_in_view()
st.title("Opvang")
frame.show_html("<p>Hoe vol is de opvang voor slachtoffers van mensenhandel, en voor wie was er geen plek?</p>")
frame.show_html(frame.note(NOT_HERE, "uitleg"))
if shown := {one.id: one for one in shelter.indicators(release)}:
    show(release, shown)
else:
    frame.show_html(frame.note("Deze release heeft nog geen cijfers over opvang.", "uitleg"))
st.page_link("views/mensenhandel.py", label="Naar Mensenhandel")
frame.show_rejected_address()
