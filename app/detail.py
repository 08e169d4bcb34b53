"""One indicator in depth, as theme pages and the overview show it: map, trend, funnel, breakdowns, table, download and definition."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import address, drawings, figures, frame, tiles, wording
from app.borders import Borders, borders_of
from app.catalogue import Indicator
from app.download_menu import show_downloads
from app.downloads.view import View
from app.drawings import Drawing
from app.figures import Area
from app.markup import plain
from app.notes import notes_of
from app.release import Release

MAP_LEVELS = ("gemeente", "district", "basisteam", "zorgregio")
MAP_FORMS = {"tegels": "Tegels", "grenzen": "Grenzen"}


def show_detail(release: Release, indicators: Sequence[Indicator], area: Area, region: Area) -> None:
    """One indicator: map, trend, breakdowns, table, download and definition."""
    by_id = {indicator.id: indicator for indicator in indicators}
    address.seed("indicator", list(by_id), indicators[0].id)
    chooser = st.container(horizontal=True)
    if len(indicators) > 1:
        chooser.selectbox("Indicator", list(by_id), format_func=lambda code: by_id[code].name, key="indicator", width=420)
    indicator = by_id[address.publish("indicator", indicators[0].id)]
    everything = release.values_of(indicator.id)
    values, category = _choose_category(indicator, everything, chooser)
    periods = figures.periods_by_grain(figures.totals(values))
    if not periods:
        frame.show_html(frame.note("Deze release heeft nog geen cijfers voor deze indicator.", "uitleg"))
        return
    grain, period = _choose_period(release, values, periods, chooser)
    shown = area if figures.series(values, area, grain) else region
    st.subheader(plain(f"{indicator.name}{category and ': ' + wording.label(category).lower()}, {wording.format_period(period)}"), anchor=False)
    if shown != area:
        frame.show_html(frame.note(f"Deze indicator heeft geen cijfers voor {area.in_sentence}. U ziet de hele regio.", "uitleg"))
    map_column, trend_column = st.columns([3, 2], gap="large")
    with map_column:
        level, form = _show_map(release, indicator, values, period, area)
    with trend_column:
        _show_drawing(drawings.draw_trend(release, indicator, values, grain, shown, region))
    if compared := drawings.draw_funnel(release, indicator, values, level, period, area, region):
        _show_drawing(compared)
    _show_notes(release, indicator, shown, region)
    broken_down = [(by, where) for by in indicator.breakdowns if (where := figures.breakdown_area(everything, by, shown, region, period))]
    for start in range(0, len(broken_down), 2):
        for column, (by, where) in zip(st.columns(2, gap="large"), broken_down[start : start + 2], strict=False):
            with column:
                _show_drawing(drawings.draw_breakdown(indicator, by, figures.breakdown(everything, by, where, period), where, shown, period))
    _show_table(release, indicator, values, period, level)
    show_downloads(release, indicator, View(shown, region, level, grain, period, figures.main_breakdown(indicator, everything), category, form))
    with st.expander("Over dit cijfer"):
        frame.show_html(tiles.terms(tiles.indicator_terms(release, indicator)))


def _choose_category(indicator: Indicator, values: pl.DataFrame, chooser: DeltaGenerator) -> tuple[pl.DataFrame, str]:
    """The figures to draw. An indicator whose categories overlap has no total: the reader then looks at one category
    (`?categorie=`), whose cells stand in for the total."""
    by = figures.main_breakdown(indicator, values)
    if by is None:
        return values, ""
    options = figures.categories(values, by)
    address.seed("categorie", options, options[0])
    chooser.selectbox(wording.label(by.dimension), options, format_func=wording.label, key="categorie", width=220)
    category = address.publish("categorie", options[0])
    return figures.only(values, by, category), category


def _choose_period(release: Release, values: pl.DataFrame, periods: dict[str, list[str]], chooser: DeltaGenerator) -> tuple[str, str]:
    """Grain and period. The address holds the period only (`?periode=2023Q3`), which tells the grain."""
    grains = list(periods)
    wanted = st.query_params.get("periode")
    first = next((grain for grain in grains if wanted in periods[grain]), grains[0])
    address.seed("per", grains, first)
    if len(grains) > 1:
        chooser.selectbox("Per", grains, format_func=lambda grain: wording.GRAINS.get(grain, grain), key="per", width=150)
    grain = address.publish("per", first if wanted else grains[0])
    default = figures.default_period(values, grain, tiles.created_on(release)) or periods[grain][0]
    address.seed("periode", periods[grain], default)
    chooser.selectbox("Periode", periods[grain], format_func=wording.format_period, key="periode", width=220)
    return grain, address.publish("periode", default)


def _show_map(release: Release, indicator: Indicator, values: pl.DataFrame, period: str, area: Area) -> tuple[str, str]:
    """The map of one level; returns level and form. A click chooses the area, as the list above does."""
    levels = [level for level in MAP_LEVELS if level in indicator.area_levels and figures.map_cells(values, level, period)]
    if not levels:
        frame.show_html(frame.note("Deze indicator bestaat alleen voor de hele regio; er is geen kaart.", "uitleg"))
        return "regio", "tegels"
    address.seed("kaart", levels, levels[0])
    level = str(st.session_state["kaart"])
    frame.show_heading(drawings.map_title(indicator, level, period))
    chooser = st.container(horizontal=True)
    if len(levels) > 1:
        chooser.radio("Kaart van", levels, format_func=lambda one: wording.LEVELS_PLURAL[one], key="kaart", horizontal=True)
    address.publish("kaart", levels[0])
    borders = _choose_borders(release, level, chooser)
    drawing = drawings.draw_map(release, indicator, values, level, period, area, borders)
    key = f"kaart-{indicator.id}-{level}-{period}-{area.code}-{'grenzen' if borders else 'tegels'}"
    st.vega_lite_chart(spec=drawing.spec, theme=None, key=key, on_select=lambda: _take_click(key), alt=drawing.alt)
    how = f"Klik op een {'gebied' if borders else 'tegel'} om dat gebied te kiezen."
    frame.show_html(tiles.legend(drawing.legend, " ".join([f"{wording.measure(indicator.value_unit)}.", how, *drawing.remarks])))
    return level, "grenzen" if borders else "tegels"


def _choose_borders(release: Release, level: str, chooser: DeltaGenerator) -> Borders | None:
    """The borders to draw (`?vorm=grenzen`), where there are any: they are of gemeenten, and other areas need not consist of whole ones."""
    borders = borders_of(release) if level == "gemeente" else None
    if borders is None:
        return None
    address.seed("vorm", list(MAP_FORMS), "tegels")
    chooser.radio("Vorm", list(MAP_FORMS), format_func=lambda form: MAP_FORMS[form], key="vorm", horizontal=True)
    return borders if address.publish("vorm", "tegels") == "grenzen" else None


def _take_click(key: str) -> None:
    """A click on a tile sets the area before the next run makes the list."""
    picked = st.session_state[key]["selection"].get("gebied", [])
    if picked and isinstance(picked[0].get("code"), str):
        st.session_state["gebied"] = picked[0]["code"]


def _show_drawing(drawing: Drawing) -> None:
    """A chart below its title, with what is said of it."""
    frame.show_heading(drawing.title)
    for text in drawing.warnings:
        frame.show_html(frame.note(text, "let-op" if drawing.spec else "uitleg"))
    if drawing.spec:
        st.vega_lite_chart(spec=drawing.spec, theme=None, alt=drawing.alt)
    if drawing.remarks:
        frame.show_html(*(f'<p class="km-meta">{frame.safe(text)}</p>' for text in drawing.remarks))


def _show_notes(release: Release, indicator: Indicator, area: Area, region: Area) -> None:
    """What the werkgroep says of the figures of the area and the region."""
    if found := notes_of(release, indicator, [area, region]):
        frame.show_heading("Duiding van de werkgroep")
        said = [(note.heading, f"{note.text} ({note.source})") for note in found]
        frame.show_html(tiles.terms(said))


def _show_table(release: Release, indicator: Indicator, values: pl.DataFrame, period: str, level: str) -> None:
    """The map's figures as a table, with the areas that are unknown or elsewhere as rows of their own."""
    loose = figures.to_cells(figures.rows_without_area(values, level, period))
    whole = figures.to_cells(figures.region_rows(values, period))
    cells = sorted(figures.map_cells(values, level, period), key=lambda cell: _name(release, cell).lstrip("'").lower()) if level != "regio" else []
    rows = [
        {"Gebied": plain(_name(release, cell)), **{head: plain(text) for head, text in tiles.value_row(indicator, cell).items()}}
        for cell in [*cells, *loose, *whole]
    ]
    frame.show_heading(f"Tabel per {wording.LEVELS.get(level, level)}, {wording.format_period(period)}")
    with st.container(key="cijfertabel"):
        st.table(
            pd.DataFrame(rows).set_index("Gebied"),
            border="horizontal",
            alt=f"{indicator.name} per {wording.LEVELS.get(level, level)}, {wording.format_period(period)}",
        )
    frame.show_html('<p class="km-meta">* voorlopig, x geheim, - nihil, . onbekend. De uitleg staat op de pagina Definities.</p>')


def _name(release: Release, cell: figures.Cell) -> str:
    return wording.area_label(cell.area_level, cell.area_code, release.names.get((cell.area_level, cell.area_code), cell.area_code))
