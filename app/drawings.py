"""The map, the trend, the funnel and the bars of one indicator: each with its title, what it says in words, and its Vega-Lite dict. Pure, so
that a page and a saved picture show the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from app import bordermap, charts, figures, funnel, funnelchart, mapchart, tiles, wording
from app.borders import Borders
from app.catalogue import Breakdown, Indicator
from app.charts import Spec
from app.events import events_of
from app.figures import Area, Cell
from app.mapchart import LegendEntry
from app.release import Release

NOTHING_TO_DRAW = "Alle cijfers zijn hier geheim of onbekend. De reden staat op de pagina Definities."


@dataclass(frozen=True)
class Drawing:
    """A chart or map; `kind` is its part of a file name. Without a `spec` there is nothing to draw, and `warnings` say why; else they stand above it,
    `remarks` below it."""

    kind: str
    title: str
    spec: Spec | None = None
    alt: str = ""
    warnings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    legend: tuple[LegendEntry, ...] = ()


def map_title(indicator: Indicator, level: str, period: str) -> str:
    """What the map shows: `Slachtoffers per 100.000 inwoners per gemeente, 2025`."""
    return f"{wording.measure(indicator.value_unit)} per {wording.LEVELS[level]}, {wording.format_period(period)}"


def draw_map(release: Release, indicator: Indicator, values: pl.DataFrame, level: str, period: str, area: Area, borders: Borders | None = None) -> Drawing:
    """The map of one level: tiles, or gemeenten within the `borders` given."""
    cells = figures.map_cells(values, level, period)
    where, when = wording.LEVELS[level], wording.format_period(period)
    missing = [release.names.get((level, cell.area_code), cell.area_code) for cell in cells if borders and cell.area_code not in borders.middles]
    return Drawing(
        "kaart-grenzen" if borders else "kaart",
        map_title(indicator, level, period),
        bordermap.border_map(cells, indicator, release.names, area.code, borders) if borders else mapchart.tile_map(cells, indicator, release.names, area.code),
        f"{'Kaart met grenzen' if borders else 'Tegelkaart'} van {indicator.name} per {where}, {when}. Dezelfde cijfers staan in de tabel hieronder.",
        remarks=(f"Zonder grens in het kaartbestand, en dus alleen in de tabel: {wording.join_words(sorted(missing))}.",) if missing else (),
        legend=tuple(mapchart.map_legend(cells, indicator)),
    )


def draw_trend(release: Release, indicator: Indicator, values: pl.DataFrame, grain: str, area: Area, region: Area) -> Drawing:
    """An area over time, beside the region where the figure is relative."""
    lines = [(one, cells) for one in figures.compared_areas(indicator, area, region) if (cells := figures.series(values, one, grain))]
    periods = sorted({cell.period for _, cells in lines for cell in cells})
    if not periods:
        return Drawing(
            "verloop", f"Verloop in {area.in_sentence}", warnings=(f"Voor {area.in_sentence} zijn er geen cijfers per {wording.GRAINS.get(grain, grain)}.",)
        )
    ends = [wording.format_period(period) for period in dict.fromkeys((periods[0], periods[-1]))]
    title = f"Verloop in {area.in_sentence}, {' tot en met '.join(ends)}"
    if not figures.has_number([cell for _, cells in lines for cell in cells]):
        return Drawing("verloop", title, warnings=(NOTHING_TO_DRAW,))
    running = frozenset(period for period in periods if not figures.is_over(period, tiles.created_on(release)))
    events = events_of(release, indicator, [area, region], periods)
    states = {cell.state for _, cells in lines for cell in cells}
    said = []
    if running or "voorlopig" in states:
        mark = "punt" if len(periods) > 2 else "staaf"
        said.append(f"Open {mark}: voorlopig cijfer, of een periode die bij het maken van deze release nog liep.")
    if any(cell.lower is not None for cell in lines[0][1]):
        said.append(f"{'Band' if len(periods) > 2 else 'Streep op de staaf'}: 95%-interval van {area.in_sentence}. Hoe smaller, hoe zekerder het cijfer.")
    said += [f"{wording.SIGNS[state]} = {wording.STATES[state]}." for state in ("geheim", "onbekend") if state in states]
    return Drawing(
        "verloop",
        title,
        charts.trend(lines, indicator, running, events),
        f"Verloop van {indicator.name} in {area.in_sentence}, {' tot en met '.join(ends)}.",
        remarks=tuple([" ".join(said)] * bool(said) + [event.text for event in events]),
    )


def draw_funnel(release: Release, indicator: Indicator, values: pl.DataFrame, level: str, period: str, area: Area, region: Area) -> Drawing | None:
    """The areas of one level beside the region, where numbers are so small that chance alone makes them differ (`funnel_of`)."""
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
        funnelchart.funnel_chart(found, indicator, names, area.code),
        f"{title}. Elk punt is een gebied tussen of buiten de grenzen. Hieronder staat in woorden welke gebieden erbuiten liggen.",
        remarks=tuple(funnelchart.remarks(found, indicator, names, level, cells, loose)),
    )


def draw_breakdown(indicator: Indicator, by: Breakdown, cells: Sequence[Cell], where: Area, area: Area, period: str) -> Drawing:
    """One dimension as separate bars; overlapping categories carry the warning that they never add up."""
    what = indicator.value_unit if indicator.is_share else indicator.unit
    title = f"{wording.measure(what)} naar {wording.label(by.dimension).lower()} in {where.in_sentence}, {wording.format_period(period)}"
    if not figures.has_number(list(cells)):
        return Drawing(f"naar-{by.dimension}", title, warnings=(NOTHING_TO_DRAW,))
    overlap = f"Deze aantallen overlappen: wie of wat in meer categorieën valt, telt in elk daarvan mee. Tel ze niet op tot een totaal aantal {indicator.unit}."
    return Drawing(
        f"naar-{by.dimension}",
        title,
        charts.bars(cells, indicator),
        f"{title}: {'; '.join(wording.label(cell.category) for cell in cells)}.",
        warnings=(overlap,) if by.overlaps else (),
        remarks=("Deze uitsplitsing is er alleen voor de hele regio.",) if where != area else (),
    )
