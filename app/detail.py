"""One indicator in depth, as theme pages and the overview show it: map, trend, funnel, breakdowns, table, download and definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import address, dark_number, drawings, figures, frame, outline, tiles, wording
from app.borders import borders_of
from app.catalogue import Breakdown, Indicator
from app.download_menu import show_downloads
from app.downloads.view import View
from app.drawings import Drawing
from app.figures import Area
from app.markup import plain
from app.notes import notes_of
from app.release import Release
from app.remembered import remembered

INVITATION = "Klik op een gebied om dat te kiezen."
SIGNS = f'<p class="km-meta">{wording.SIGNS_SAID} De uitleg staat op de pagina Definities.</p>'
MAP_FORMS = {"tegels": "Tegels", "grenzen": "Grenzen"}


def show_detail(release: Release, indicators: Sequence[Indicator], area: Area, region: Area) -> None:
    """One indicator: map, trend, breakdowns, table, download and definition."""
    by_id = {indicator.id: indicator for indicator in indicators}
    address.seed("indicator", list(by_id), indicators[0].id)
    chooser = st.container(horizontal=True)
    if len(indicators) > 1:
        chooser.selectbox("Indicator", list(by_id), format_func=lambda code: by_id[code].name, key="indicator", width=420)
    indicator = by_id[address.publish("indicator", indicators[0].id)]
    by, category = choose_category(release, indicator, chooser)
    if not outline.periods(release, indicator, by, category):
        frame.show_html(frame.note("Deze release heeft nog geen cijfers voor deze indicator.", "uitleg"))
        return
    grain, period = _choose_period(release, indicator, by, category, chooser)
    shown = area if outline.knows(release, indicator, by, category, area, grain) else region
    st.subheader(plain(f"{indicator.name}{category and ': ' + wording.label(category).lower()}, {wording.format_period(period)}"), anchor=False)
    if shown != area:
        frame.show_html(frame.note(f"Deze indicator heeft geen cijfers voor {area.in_sentence}. U ziet de hele regio.", "uitleg"))
    if said := dark_number.note(release, indicator, region):
        frame.show_html(frame.note(said, "uitleg"))
    map_column, trend_column = st.columns([3, 2], gap="large")
    with map_column:
        level, form = show_map(release, indicator, by, category, period, (area.code,), lambda code: st.session_state.update(gebied=code), INVITATION)
    with trend_column:
        compared = tuple(figures.compared_areas(indicator, shown, region))
        show_drawing(drawings.draw_trend(release, indicator, by, category, grain, compared, shown.in_sentence))
    if funnel := drawings.draw_funnel(release, indicator, by, category, level, period, area, region):
        show_drawing(funnel)
    _show_notes(release, indicator, shown, region)
    broken_down = outline.breakdowns(release, indicator, shown, region, period)
    for start in range(0, len(broken_down), 2):
        for column, (dimension, where) in zip(st.columns(2, gap="large"), broken_down[start : start + 2], strict=False):
            with column:
                show_drawing(drawings.draw_breakdown(release, indicator, dimension, where, shown, period))
    _show_table(release, indicator, by, category, period, level)
    show_downloads(release, indicator, View(shown, region, level, grain, period, by, category, form))
    codes = ",".join(dict.fromkeys((shown.code, region.code)))
    st.page_link("views/verkenner.py", label="In de Verkenner bekijken", query_params={"indicator": indicator.id, "gebieden": codes})
    show_way(indicator, shown.code, period, category)
    with st.expander("Over dit cijfer"):
        frame.show_html(tiles.terms(tiles.indicator_terms(release, indicator)))


def show_way(indicator: Indicator, area: str, period: str, category: str) -> None:
    """The link to the page that tells how a figure came."""
    wanted = {"indicator": indicator.id, "gebied": area, "periode": period, "categorie": category}
    st.page_link("views/herkomst.py", label="Waar komt dit cijfer vandaan?", query_params={key: code for key, code in wanted.items() if code})


def choose_category(release: Release, indicator: Indicator, chooser: DeltaGenerator) -> tuple[Breakdown | None, str]:
    """What stands in for the total of an indicator that has none, because its categories overlap: the reader looks at one
    category (`?categorie=`)."""
    by = outline.main_breakdown(release, indicator)
    if by is None:
        return None, ""
    options = outline.categories(release, indicator, by)
    address.seed("categorie", options, options[0])
    chooser.selectbox(wording.label(by.dimension), options, format_func=wording.label, key="categorie", width=220)
    return by, address.publish("categorie", options[0])


def _choose_period(release: Release, indicator: Indicator, by: Breakdown | None, category: str, chooser: DeltaGenerator) -> tuple[str, str]:
    """Grain and period. The address holds the period only (`?periode=2023Q3`), which tells the grain."""
    periods = outline.periods(release, indicator, by, category)
    grains = list(periods)
    wanted = st.query_params.get("periode")
    first = next((grain for grain in grains if wanted in periods[grain]), grains[0])
    address.seed("per", grains, first)
    if len(grains) > 1:
        chooser.selectbox("Per", grains, format_func=lambda grain: wording.GRAINS.get(grain, grain), key="per", width=150)
    grain = address.publish("per", first if wanted else grains[0])
    default = outline.default_period(release, indicator, by, category, grain) or periods[grain][0]
    address.seed("periode", periods[grain], default)
    chooser.selectbox("Periode", periods[grain], format_func=wording.format_period, key="periode", width=220)
    return grain, address.publish("periode", default)


def show_map(
    release: Release,
    indicator: Indicator,
    by: Breakdown | None,
    category: str,
    period: str,
    chosen: tuple[str, ...],
    choose: Callable[[str], None],
    invitation: str,
) -> tuple[str, str]:
    """The map of one level (`?kaart=`) with the chosen areas marked; returns level and form. A click chooses an area, as the list above does."""
    levels = outline.map_levels(release, indicator, by, category, period)
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
    form = _choose_form(release, level, chooser)
    drawing = drawings.draw_map(release, indicator, by, category, level, period, chosen, form)
    key = f"kaart-{indicator.id}-{level}-{period}-{'-'.join(chosen)}-{form}"
    st.vega_lite_chart(spec=drawing.spec_as_it_is, theme=None, key=key, on_select=lambda: _take_click(key, choose), alt=drawing.alt)
    frame.show_html(tiles.legend(drawing.legend, " ".join([f"{wording.measure(indicator.value_unit)}.", invitation, *drawing.remarks])))
    return level, form


def _choose_form(release: Release, level: str, chooser: DeltaGenerator) -> str:
    """Tiles or borders (`?vorm=grenzen`), where there are any: they are of gemeenten, and other areas need not consist of whole ones."""
    if level != "gemeente" or borders_of(release) is None:
        return "tegels"
    address.seed("vorm", list(MAP_FORMS), "tegels")
    chooser.radio("Vorm", list(MAP_FORMS), format_func=lambda form: MAP_FORMS[form], key="vorm", horizontal=True)
    return address.publish("vorm", "tegels")


def _take_click(key: str, choose: Callable[[str], None]) -> None:
    """A click on an area chooses it before the next run makes the list."""
    picked = st.session_state[key]["selection"].get("gebied", [])
    if picked and isinstance(picked[0].get("code"), str):
        choose(picked[0]["code"])


def show_drawing(drawing: Drawing, *, with_table: bool = True, with_warnings: bool = True) -> None:
    """A chart below its title, with what is said of it; without its table where the page has one, without warnings where it has said them."""
    frame.show_heading(drawing.title)
    for text in drawing.warnings if with_warnings else ():
        frame.show_html(frame.note(text, "let-op" if drawing.text else "uitleg"))
    if drawing.text:
        st.vega_lite_chart(spec=drawing.spec_as_it_is, theme=None, alt=drawing.alt)
    below = [f'<p class="km-meta">{frame.safe(text)}</p>' for text in drawing.remarks] + ([drawing.table] if with_table and drawing.table else [])
    if below:
        frame.show_html(*below)


def _show_notes(release: Release, indicator: Indicator, area: Area, region: Area) -> None:
    """What the werkgroep says of the figures of the area and the region."""
    if found := notes_of(release, indicator, [area, region]):
        frame.show_heading("Duiding van de werkgroep")
        said = [(note.heading, f"{note.text} ({note.source})") for note in found]
        frame.show_html(tiles.terms(said))


def _show_table(release: Release, indicator: Indicator, by: Breakdown | None, category: str, period: str, level: str) -> None:
    """The map's figures as a table, with the areas that are unknown or elsewhere as rows of their own."""
    where, when = wording.LEVELS.get(level, level), wording.format_period(period)
    frame.show_heading(f"Tabel per {where}, {when}")
    with st.container(key="cijfertabel"):
        st.table(_table(release, indicator, by, category, period, level), border="horizontal", alt=f"{indicator.name} per {where}, {when}")
    frame.show_html(SIGNS)


@remembered(200)
def _table(release: Release, indicator: Indicator, by: Breakdown | None, category: str, period: str, level: str) -> pd.DataFrame:
    values = outline.drawn(release, indicator, by, category)
    loose = figures.to_cells(figures.rows_without_area(values, level, period))
    whole = figures.to_cells(figures.region_rows(values, period))
    cells = sorted(figures.map_cells(values, level, period), key=lambda cell: _name(release, cell).lstrip("'").lower()) if level != "regio" else []
    rows = [
        {"Gebied": plain(_name(release, cell)), **{head: plain(text) for head, text in tiles.value_row(indicator, cell).items()}}
        for cell in [*cells, *loose, *whole]
    ]
    return pd.DataFrame(rows).set_index("Gebied")


def _name(release: Release, cell: figures.Cell) -> str:
    return wording.area_label(cell.area_level, cell.area_code, release.names.get((cell.area_level, cell.area_code), cell.area_code))
