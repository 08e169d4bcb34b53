"""The map, the trend, the funnel and the bars of one indicator: each with its title, what it says in words, and its Vega-Lite dict. Pure, so
that a page and a saved picture show the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app import bordermap, charts, figures, funnel, funnelchart, mapchart, outline, tables, wording
from app.borders import borders_of
from app.catalogue import Breakdown, Indicator
from app.charts import Spec
from app.events import events_of
from app.figures import Area, Cell
from app.mapchart import LegendEntry
from app.release import Release
from app.remembered import remembered
from app.tables import Series

CHOSEN_HERE = "gekozen gebied"  # stands in a kept map where the codes of the chosen areas come; no code has a space
NOTHING_TO_DRAW = "Alle cijfers zijn hier geheim of onbekend. De reden staat op de pagina Definities."


@dataclass(frozen=True)
class Drawing:
    """A chart or map; `kind` is its part of a file name, `text` its dict as JSON. Without one there is nothing to draw, and `warnings` say why; else
    they stand above it, `remarks` below it, and `table` has the same figures as HTML where no table of the page has them."""

    kind: str
    title: str
    text: str = ""
    alt: str = ""
    warnings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    table: str = ""

    @property
    def spec(self) -> Spec | None:
        """The Vega-Lite dict, a new one at each question."""
        return dict(json.loads(self.text)) if self.text else None

    @property
    def spec_as_it_is(self) -> Spec | None:
        """The same chart with its data one layer down: Streamlit turns data at the top into pandas and Arrow, 8 ms a chart and click."""
        spec = self.spec
        if spec is None or "data" not in spec:
            return spec
        inner = {name: spec.pop(name) for name in ("data", "encoding", "layer")}
        return spec | {"layer": [inner]}


def _text(spec: Spec | list[str]) -> str:
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))


def map_title(indicator: Indicator, level: str, period: str) -> str:
    """What the map shows: `Slachtoffers per 100.000 inwoners per gemeente, 2025`."""
    return f"{wording.measure(indicator.value_unit)} per {wording.LEVELS[level]}, {wording.format_period(period)}"


def draw_map(
    release: Release, indicator: Indicator, by: Breakdown | None, category: str, level: str, period: str, chosen: tuple[str, ...], form: str = "tegels"
) -> Drawing:
    """The map of one level with the chosen areas marked: tiles, or with form `grenzen` gemeenten within their borders."""
    drawing = _map(release, indicator, by, category, level, period, form)
    return replace(drawing, text=drawing.text.replace(_text([CHOSEN_HERE]), _text(list(chosen)), 1))


@remembered(200)
def _map(release: Release, indicator: Indicator, by: Breakdown | None, category: str, level: str, period: str, form: str) -> Drawing:
    cells = figures.map_cells(outline.drawn(release, indicator, by, category), level, period)
    borders = borders_of(release) if form == "grenzen" else None
    where, when, names = wording.LEVELS[level], wording.format_period(period), release.names
    missing = [names.get((level, cell.area_code), cell.area_code) for cell in cells if borders and cell.area_code not in borders.middles]
    chosen = [CHOSEN_HERE]
    spec = bordermap.border_map(cells, indicator, names, chosen, borders) if borders else mapchart.tile_map(cells, indicator, names, chosen)
    return Drawing(
        "kaart-grenzen" if borders else "kaart",
        map_title(indicator, level, period),
        _text(spec),
        f"{'Kaart met grenzen' if borders else 'Tegelkaart'} van {indicator.name} per {where}, {when}. Dezelfde cijfers staan in de tabel hieronder.",
        remarks=(f"Zonder grens in het kaartbestand, en dus alleen in de tabel: {wording.join_words(sorted(missing))}.",) if missing else (),
        legend=tuple(mapchart.map_legend(cells, indicator)),
    )


@remembered(400)
def draw_trend(
    release: Release,
    indicator: Indicator,
    by: Breakdown | None,
    category: str,
    grain: str,
    areas: tuple[Area, ...],
    where: str,
    first: str = "",
    last: str = "~",
) -> Drawing:
    """Areas over time, from the `first` period to the `last`; `where` names them behind 'in'."""
    values = outline.drawn_of(release, indicator, by, category, *areas)
    series = [(area, [cell for cell in figures.series(values, area, grain) if first <= cell.period <= last]) for area in areas]
    return draw_lines(release, indicator, series, grain, areas, where)


def draw_lines(release: Release, indicator: Indicator, series: Series, grain: str, areas: Sequence[Area], where: str) -> Drawing:
    """Series over time, with the events of `areas`; those without figures are left out."""
    lines = [(area, cells) for area, cells in series if cells]
    shown = sorted({cell.period for _, cells in lines for cell in cells})
    if not shown:
        return Drawing("verloop", f"Verloop in {where}", warnings=(f"Voor {where} zijn er geen cijfers per {wording.GRAINS.get(grain, grain)}.",))
    ends = " tot en met ".join(wording.format_period(period) for period in dict.fromkeys((shown[0], shown[-1])))
    title = f"Verloop in {where}, {ends}"
    if not figures.has_number([cell for _, cells in lines for cell in cells]):
        return Drawing("verloop", title, warnings=(NOTHING_TO_DRAW,))
    running = frozenset(period for period in shown if not figures.is_over(period, outline.created_on(release)))
    events = events_of(release, indicator, areas, shown)
    states = {cell.state for _, cells in lines for cell in cells}
    said = []
    if running or "voorlopig" in states:
        mark = "punt" if len(shown) > 2 else "staaf"
        said.append(f"Open {mark}: voorlopig cijfer, of een periode die bij het maken van deze release nog liep.")
    if any(cell.lower is not None for cell in lines[0][1]):
        mark = "Band" if len(shown) > 2 else "Streep op de staaf"
        said.append(f"{mark}: 95%-interval van {lines[0][0].in_sentence}. Hoe smaller, hoe zekerder het cijfer.")
    said += [f"{wording.SIGNS[state]} = {wording.STATES[state]}." for state in ("geheim", "onbekend") if state in states]
    return Drawing(
        "verloop",
        title,
        _text(charts.trend(lines, indicator, running, events)),
        f"Verloop van {indicator.name} in {where}, {ends}.",
        remarks=tuple([" ".join(said)] * bool(said) + [event.text for event in events]),
        table=tables.behind(tables.series_rows(lines, indicator), title),
    )


@remembered(400)
def draw_funnel(
    release: Release, indicator: Indicator, by: Breakdown | None, category: str, level: str, period: str, area: Area, region: Area
) -> Drawing | None:
    """The areas of one level beside the region, where numbers are so small that chance alone makes them differ (`funnel_of`)."""
    values = outline.drawn(release, indicator, by, category)
    cells = figures.map_cells(values, level, period)
    found = funnel.funnel_of(indicator, cells, figures.find(values, region, period))
    if found is None:
        return None
    names = {cell.area_code: Area(cell.area_level, cell.area_code, release.names.get((cell.area_level, cell.area_code), cell.area_code)) for cell in cells}
    title = f"Verschil of toeval? {map_title(indicator, level, period)}"
    loose = figures.to_cells(figures.rows_without_area(values, level, period))
    return Drawing(
        "toeval",
        title,
        _text(funnelchart.funnel_chart(found, indicator, names, area.code)),
        f"{title}. Elk punt is een gebied tussen of buiten de grenzen. Hieronder staat in woorden welke gebieden erbuiten liggen.",
        remarks=tuple(funnelchart.remarks(found, indicator, names, level, cells, loose)),
    )


@remembered(400)
def draw_breakdown(
    release: Release, indicator: Indicator, by: Breakdown, where: Area, area: Area, period: str, by_value: bool = False, largest: float | None = None
) -> Drawing:
    """One dimension as separate bars; overlapping categories carry the warning that they never add up. `by_value` and `largest` as in `charts.bars`."""
    what = indicator.value_unit if indicator.is_share or by_value else indicator.unit
    title = f"{wording.measure(what)} naar {wording.label(by.dimension).lower()} in {where.in_sentence}, {wording.format_period(period)}"
    cells = figures.breakdown(outline.of_areas(release, indicator, where), by, where, period)
    kind = f"naar-{by.dimension}{f'-{where.code}' if by_value else ''}"
    if not figures.has_number(cells):
        return Drawing(kind, title, warnings=(NOTHING_TO_DRAW,))
    overlap = f"Deze aantallen overlappen: wie of wat in meer categorieën valt, telt in elk daarvan mee. Tel ze niet op tot een totaal aantal {indicator.unit}."
    return Drawing(
        kind,
        title,
        _text(charts.bars(cells, indicator, by_value=by_value, largest=largest)),
        f"{title}: {'; '.join(wording.label(cell.category) for cell in cells)}.",
        warnings=(overlap,) if by.overlaps else (),
        remarks=("Deze uitsplitsing is er alleen voor de hele regio.",) if where != area else (),
        table=tables.behind(_bar_rows(cells, indicator, by, by_value=by_value), title),
    )


def _bar_rows(cells: Sequence[Cell], indicator: Indicator, by: Breakdown, *, by_value: bool) -> list[dict[str, str]]:
    """The bars in figures: each category with its number in the unit of the chart."""
    texts = charts.bar_texts(cells, indicator, by_value=by_value)
    unit = indicator.value_unit if by_value or indicator.is_share else indicator.unit
    return [{wording.label(by.dimension): wording.label(cell.category), wording.label(unit): text} for cell, text in zip(cells, texts, strict=True)]
