"""The Verkenner: any indicator, for up to five areas, over any periods or by category, as chart, map and table to take along."""

import pandas as pd
import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import address, detail, drawings, explore, figures, frame, outline, tables, tiles, wording
from app.catalogue import Breakdown, Indicator
from app.download_menu import show_downloads
from app.explore import Exploration
from app.figures import Area
from app.markup import plain
from app.release import Release
from app.tables import Series

INVITATION = "Klik op een gebied om dat te kiezen, of om het weer weg te laten."


def choose_indicator(release: Release, chooser: DeltaGenerator) -> Indicator:
    """Theme (`?thema=`, all of them unless chosen) and indicator."""
    themes = ["", *outline.themes(release)]
    address.seed("thema", themes, "")
    chooser.selectbox("Thema", themes, format_func=lambda theme: wording.theme_title(theme) if theme else "Alle thema's", key="thema", width=220)
    theme = address.publish("thema", "")
    by_id = {one.id: one for one in release.indicators if theme in ("", one.theme)}
    first = next(iter(by_id))
    address.seed("indicator", list(by_id), first)
    chooser.selectbox("Indicator", list(by_id), format_func=lambda code: by_id[code].name, key="indicator", width=560)
    return by_id[address.publish("indicator", first)]


def choose_areas(release: Release, chooser: DeltaGenerator) -> tuple[Area, ...]:
    """Up to five areas (`?gebieden=DH,E`), the region unless others are chosen."""
    areas = outline.areas(release)
    default = [code for code, area in areas.items() if area.level == "regio"][:1]
    address.seed_several("gebieden", list(areas), default, explore.MOST_AREAS)
    chooser.multiselect(
        f"Gebieden, hoogstens {explore.MOST_AREAS}",
        list(areas),
        format_func=lambda code: wording.search_label(areas[code].level, code, areas[code].name),
        key="gebieden",
        max_selections=explore.MOST_AREAS,
        placeholder="Kies een gebied",
    )
    return tuple(areas[code] for code in address.publish_several("gebieden", default))


def choose_breakdown(indicator: Indicator, values: pl.DataFrame, chooser: DeltaGenerator) -> tuple[Breakdown | None, str]:
    """A dimension (`?uitsplitsing=`), and one of its categories (`?categorie=`) or all of them. Without a total the first dimension stands there."""
    present = set(values["dimension_1"])
    by_dimension = {by.dimension: by for by in indicator.breakdowns if by.dimension in present}
    options = [*([""] if figures.TOTAL in present else []), *by_dimension]
    if options == [""]:
        address.drop("uitsplitsing")
        address.drop("categorie")
        return None, ""
    address.seed("uitsplitsing", options, options[0])
    chooser.selectbox("Uitsplitsing", options, format_func=lambda code: wording.label(code) if code else "Geen", key="uitsplitsing", width=220)
    by = by_dimension.get(address.publish("uitsplitsing", options[0]))
    if by is None:
        address.drop("categorie")
        return None, ""
    categories = ["", *figures.categories(values, by)]
    address.seed("categorie", categories, "")
    chooser.selectbox("Categorie", categories, format_func=lambda code: wording.label(code) if code else "Alle naast elkaar", key="categorie", width=220)
    return by, address.publish("categorie", "")


def choose_periods(release: Release, values: pl.DataFrame, chooser: DeltaGenerator, *, one: bool) -> tuple[str, str, str]:
    """Grain, first and last period of the values; only the last where `one` period is shown."""
    by_grain = figures.periods_by_grain(values)
    grains = list(by_grain)
    address.seed("per", grains, grains[0])
    chooser.selectbox("Per", grains, format_func=lambda grain: wording.GRAINS.get(grain, grain), key="per", width=150)
    grain = address.publish("per", grains[0])
    periods = sorted(by_grain[grain])
    first = periods[0]
    if one:
        address.drop("van")
    else:
        address.seed("van", periods, first)
        chooser.selectbox("Van", periods, format_func=wording.format_period, key="van", width=190)
        first = address.publish("van", first)
    options = [period for period in periods if period >= first]
    newest = figures.default_period(values, grain, outline.created_on(release))
    default = newest if newest in options else options[-1]
    address.seed("tot", options, default)
    chooser.selectbox("Periode" if one else "Tot en met", options, format_func=wording.format_period, key="tot", width=190)
    return grain, first, address.publish("tot", default)


def show_lines(release: Release, indicator: Indicator, chosen: Exploration, lines: Series) -> tuple[str, str]:
    """The areas over time and, beside that, the map of the last period; returns level and form of the map."""
    trend_column, map_column = st.columns(2, gap="large")
    what = (release, indicator, chosen.by, chosen.category)
    with trend_column:
        if lines:
            areas = tuple(area for area, _ in lines)
            where = wording.join_words([area.in_sentence for area in areas])
            detail.show_drawing(drawings.draw_trend(*what, chosen.grain, areas, where, chosen.first, chosen.last), with_table=False)
        if len(lines) > 1 and indicator.value_unit == indicator.unit:
            frame.show_html('<p class="km-meta">Dit zijn aantallen: een groter gebied heeft er vaak meer.</p>')
    with map_column:
        return detail.show_map(*what, chosen.last, chosen.codes_of_areas, toggle_area, INVITATION)


def toggle_area(code: str) -> None:
    """A click on the map adds an area or takes it away."""
    st.session_state["gebieden"] = explore.toggled(st.session_state["gebieden"], code)


def show_categories(release: Release, indicator: Indicator, chosen: Exploration, by: Breakdown, series: Series) -> None:
    """A chart per area of the categories side by side, all on one scale."""
    if by.overlaps and series:
        frame.show_html(frame.note("Deze cijfers overlappen: wie of wat in meer categorieën valt, telt in elk daarvan mee. Tel ze niet op."))
    largest = explore.largest(series)
    for start in range(0, len(series), 2):
        for column, (area, _) in zip(st.columns(2, gap="large"), series[start : start + 2], strict=False):
            with column:
                drawing = drawings.draw_breakdown(release, indicator, by, area, area, chosen.last, True, largest)
                detail.show_drawing(drawing, with_table=False, with_warnings=not drawing.text)


def show_table(indicator: Indicator, series: Series, chosen: Exploration) -> None:
    """What is drawn, in figures."""
    title = f"Tabel: {wording.measure(indicator.value_unit)}, {chosen.when}"
    frame.show_heading(title)
    rows = [{plain(head): plain(text) for head, text in row.items()} for row in tables.series_rows(series, indicator, chosen.by if chosen.is_split else None)]
    with st.container(key="getallen-verkenner"):
        st.table(pd.DataFrame(rows).set_index(next(iter(rows[0]))), border="horizontal", alt=title)
    frame.show_html(detail.SIGNS)


def show(release: Release, indicator: Indicator, areas: tuple[Area, ...], chooser: DeltaGenerator) -> None:
    """The indicator for these areas; where nothing can be drawn a sentence says why."""
    values = release.values_of(indicator.id)
    if values.is_empty():
        frame.show_html(frame.note("Deze release heeft nog geen cijfers voor deze indicator.", "uitleg"))
        return
    by, category = choose_breakdown(indicator, values, chooser)
    mine = values.filter(pl.col("dimension_1") == (by.dimension if by else figures.TOTAL))
    grain, first, last = choose_periods(release, mine, chooser, one=by is not None and not category)
    chosen = Exploration(areas, grain, first, last, by=by, category=category)
    st.header(plain(f"{indicator.name}{category and ': ' + wording.label(category).lower()}"), anchor=False)
    st.subheader(plain(wording.label(chosen.when)), anchor=False)
    series = chosen.categories(values) if chosen.is_split else chosen.lines(values)
    if not areas:
        frame.show_html(frame.note("Kies hierboven ten minste één gebied.", "uitleg"))
    if missing := [area.in_sentence for area in areas if area not in [one for one, _ in series]]:
        what = "met deze uitsplitsing" if chosen.is_split else "in deze perioden"
        frame.show_html(frame.note(f"Voor {wording.join_words(missing)} heeft deze indicator {what} geen cijfers.", "uitleg"))
    level, form = "regio", "tegels"
    if by and chosen.is_split:
        address.drop("kaart")
        address.drop("vorm")
        show_categories(release, indicator, chosen, by, series)
    else:
        level, form = show_lines(release, indicator, chosen, series)
    if series:
        show_table(indicator, series, chosen)
    if series or level != "regio":
        show_downloads(release, indicator, Exploration(areas, grain, first, last, level, by, category, form))
    if series:
        detail.show_way(indicator, series[0][0].code, last, category)
    with st.expander("Over dit cijfer"):
        frame.show_html(tiles.terms(tiles.indicator_terms(release, indicator)))


release = frame.release_in_view()
st.title("Verkenner")
frame.show_html("<p>Zoek een cijfer op en vergelijk tot vijf gebieden. Uw keuze staat in het adres van deze pagina: zo deelt u haar met een collega.</p>")
if release.indicators:
    top = st.container(horizontal=True)
    middle, bottom = st.container(), st.container(horizontal=True)
    show(release, choose_indicator(release, top), choose_areas(release, middle), bottom)
else:
    frame.show_html(frame.note("Deze release heeft nog geen indicatoren.", "uitleg"))
frame.show_rejected_address()
