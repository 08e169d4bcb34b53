"""Charts as Vega-Lite dicts. Pure: cells in, dict out; no Streamlit, so that a report can draw the same figures.

Everything in a dict reaches the browser. Only published cells come in here, so a withheld number cannot be in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import wording
from app.catalogue import Indicator
from app.events import Event
from app.figures import NUMERIC, Area, Cell
from app.palette import ACCENT, EDGE, FOCUS, GREY, GRID, INK, PAPER, SERIES

Spec = dict[str, Any]

#: What tells lines apart beside colour: dash and shape of the points.
DASHES = ([1, 0], [5, 4], [2, 3], [11, 3], [9, 3, 2, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name, never fetched
CONFIG: Spec = {
    "font": "Source Sans 3, sans-serif",
    "background": PAPER,
    "view": {"stroke": None},
    "axis": {
        "labelColor": GREY,
        "titleColor": GREY,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "gridColor": GRID,
        "domainColor": EDGE,
        "tickColor": EDGE,
    },
    "legend": {"labelColor": GREY, "titleColor": GREY},
    "text": {"color": INK, "fontSize": 13},
    "locale": {
        "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
        "time": {
            "dateTime": "%A %e %B %Y %X",
            "date": "%d-%m-%Y",
            "time": "%H:%M:%S",
            "periods": ["", ""],
            "days": ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
            "shortDays": ["zo", "ma", "di", "wo", "do", "vr", "za"],
            "months": list(wording.MONTHS),
            "shortMonths": ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        },
    },
}


def describe(indicator: Indicator, cell: Cell, name: str) -> str:
    """What a screen reader says of one shape: `Delft, 2023: 51,2 misdrijven per 1.000 inwoners, voorlopig`."""
    number = wording.format_number(cell.value, indicator.decimals)
    unit = indicator.value_unit
    said = {
        "waarde": f"{number} {unit}{_interval(indicator, cell)}",
        "voorlopig": f"{number} {unit}{_interval(indicator, cell)}, voorlopig",
        "nihil": "nihil",
        "geheim": "geheim",
    }.get(cell.state, "onbekend of niet geleverd")
    return f"{name}, {wording.format_period(cell.period)}: {said}"


def _interval(indicator: Indicator, cell: Cell) -> str:
    if cell.lower is None or cell.upper is None:
        return ""
    low, high = (wording.format_number(end, indicator.decimals) for end in (cell.lower, cell.upper))
    return f" (95%-interval {low} tot {high})"


def value_axis(indicator: Indicator) -> Spec:
    """The vertical channel of a chart of values: from nought, with the unit above the axis, where it can be read without turning the head."""
    return {
        "field": "waarde",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {
            "title": indicator.value_unit,
            "titleAnchor": "start",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": 0,
            "titleY": -12,
            "tickCount": 5,
            "format": ",.6~f",
            "description": f"Verticale as: {indicator.value_unit}",
        },
    }


#: What a shape says to a screen reader, and below the pointer.
DESCRIBED: Spec = {"description": {"field": "beschrijving", "type": "nominal"}, "tooltip": {"field": "beschrijving", "type": "nominal", "title": " "}}


def trend(lines: Sequence[tuple[Area, Sequence[Cell]]], indicator: Indicator, running: frozenset[str], events: Sequence[Event] = ()) -> Spec:
    """One to five series over time. Hollow points are provisional or of a period that is still `running`; a withheld or
    unknown period leaves a gap with its sign on the axis. Two periods or fewer are drawn as bars. The band, of bars a line, is the 95% interval
    of the first series; a numbered line stands at each event."""
    order = sorted({cell.period for _, cells in lines for cell in cells})
    rows = [
        {
            "periode": wording.format_period(cell.period),
            "waarde": cell.value if cell.state in NUMERIC else None,
            "teken": "" if cell.state in NUMERIC else wording.SIGNS.get(cell.state, "."),
            "reeks": area.label,
            "hol": cell.state == "voorlopig" or cell.period in running,
            "onder": cell.lower if area == lines[0][0] and cell.state in NUMERIC else None,
            "boven": cell.upper if area == lines[0][0] and cell.state in NUMERIC else None,
            "beschrijving": describe(indicator, cell, area.label) + (", periode loopt nog" if cell.period in running else ""),
        }
        for area, cells in lines
        for cell in cells
    ]
    labels = [wording.format_period(period) for period in order]
    names = [area.label for area, _ in lines]
    is_bar = len(order) <= 2
    colour, dash, shape = (_told_apart(names, by) for by in (SERIES, DASHES, SHAPES))
    apart: Spec = {"xOffset": {"field": "reeks", "type": "nominal", "scale": {"domain": names, "paddingInner": 0.25, "paddingOuter": 0.5}}} if is_bar else {}
    x: Spec = {
        "field": "periode",
        "type": "ordinal",
        "sort": labels,
        "scale": {"domain": labels},
        "axis": {"title": None, "labelAngle": 0 if len(labels) < 7 else -45, "labelOverlap": True, "description": "Horizontale as: perioden"},
    }
    y = value_axis(indicator)
    hollow: Spec = colour | {"condition": {"test": "datum.hol", "value": PAPER}}
    point: Spec = {
        "mark": {"type": "point", "size": 55 if len(order) <= 24 else 16, "opacity": 1, "strokeWidth": 2, "aria": not is_bar, "yOffset": -9 if is_bar else 0},
        "encoding": {"y": y, "fill": hollow, "stroke": colour, "shape": shape, **apart, **({} if is_bar else DESCRIBED)},
    }
    if is_bar:
        bar: Spec = {"mark": {"type": "bar", "strokeWidth": 2}, "encoding": {"y": y, "fill": hollow, "stroke": colour, **apart, **DESCRIBED}}
        shapes = [bar, point] if len(names) > 1 else [bar]
    else:
        line: Spec = {
            "mark": {"type": "line", "strokeWidth": 2.5, "description": f"Lijn van {labels[0]} tot en met {labels[-1]}"},
            "encoding": {"y": y, "stroke": colour, "strokeDash": dash | {"legend": None}},
        }
        shapes = [line, point]
    signs: list[Spec] = [
        {
            "transform": [{"filter": f"datum.teken !== '' && datum.reeks === {name!r}"}],
            "mark": {"type": "text", "fontSize": 15, "fontWeight": 600, "color": GREY, "dy": -9 - (0 if is_bar else 14 * place)},
            "encoding": {"y": {"datum": 0, "type": "quantitative"}, "text": {"field": "teken"}, **apart, **DESCRIBED},
        }
        for place, name in enumerate(name for name in names if any(row["teken"] for row in rows if row["reeks"] == name))
    ]
    band = [_band(names[0], apart, is_bar=is_bar)] if any(row["onder"] is not None for row in rows) else []
    layers = [*shapes, *band, *signs] if is_bar else [*band, *shapes, *signs]
    layers += _event_marks([event for event in events if event.period in order])
    height = 300 if len(names) <= 2 else 340 + 24 * len(names)  # a legend takes its room from the lines
    return {"$schema": SCHEMA, "width": "container", "height": height, "config": CONFIG, "data": {"values": rows}, "encoding": {"x": x}, "layer": layers}


def _told_apart(names: Sequence[str], by: Sequence[Any]) -> Spec:
    """A channel that differs per series, with a legend where there is more than one: legends of equal title become one."""
    look = {"columns": 1, "labelFontSize": 13, "labelLimit": 260, "symbolSize": 120, "symbolStrokeWidth": 0}
    legend = {"title": None, "orient": "bottom", "description": "Legenda: reeksen", **look} if len(names) > 1 else None
    return {"field": "reeks", "type": "nominal", "scale": {"domain": names, "range": list(by[: len(names)])}, "legend": legend}


def _band(name: str, apart: Spec, *, is_bar: bool) -> Spec:
    """The interval of the first series: between its points a band, which has a gap where the series has one, on a bar a line."""
    gap = "break-paths-filter-domains"
    mark: Spec = {"type": "rule", "strokeWidth": 2, "color": INK} if is_bar else {"type": "area", "color": ACCENT, "opacity": 0.16, "invalid": gap}
    return {
        "transform": [{"filter": f"datum.reeks === {name!r}"}],
        "mark": {**mark, "aria": False},
        "encoding": {"y": {"field": "onder", "type": "quantitative"}, "y2": {"field": "boven"}, **apart},
    }


def _event_marks(events: Sequence[Event]) -> list[Spec]:
    """A dashed line with its number at the period of each event."""
    places = [{"periode": wording.format_period(event.period), "nummer": str(event.number), "gebeurtenis": event.text} for event in events if event.period]
    if not places:
        return []
    said: Spec = {"description": {"field": "gebeurtenis", "type": "nominal"}, "tooltip": {"field": "gebeurtenis", "type": "nominal", "title": " "}}
    return [
        {"data": {"values": places}, "mark": {"type": "rule", "strokeDash": [3, 3], "strokeWidth": 1.5, "color": FOCUS}, "encoding": said},
        {
            "data": {"values": places},
            "mark": {"type": "text", "fontSize": 13, "fontWeight": 700, "color": FOCUS, "dx": 8, "dy": 8, "baseline": "top", "aria": False},
            "encoding": {"y": {"value": 0}, "text": {"field": "nummer"}},
        },
    ]


def _length(cell: Cell, *, by_value: bool) -> float | None:
    return cell.value if by_value or cell.numerator is None else cell.numerator


def bar_texts(cells: Sequence[Cell], indicator: Indicator, *, by_value: bool = False) -> list[str]:
    """What each bar says: the count, or the value of a share and `by_value`, with its sign."""
    by_value = by_value or indicator.is_share
    decimals = indicator.decimals if by_value or not indicator.is_rate else 0
    unit = indicator.value_unit if by_value else indicator.unit
    return [wording.format_value(_length(cell, by_value=by_value), cell.state, decimals, unit) for cell in cells]


def bars(cells: Sequence[Cell], indicator: Indicator, *, by_value: bool = False, largest: float | None = None) -> Spec:
    """One bar per category, never stacked. Counts where the source counts; the value itself for a share, or `by_value`. `largest` is the
    number that the scale must hold, so that the bars of several charts can be compared."""
    rows, by_value = [], by_value or indicator.is_share
    unit = indicator.value_unit if by_value else indicator.unit
    for cell, text in zip(cells, bar_texts(cells, indicator, by_value=by_value), strict=True):
        number = _length(cell, by_value=by_value)
        said = f"{text} {wording.unit_behind(unit)}" if cell.state in ("waarde", "voorlopig") else wording.STATES.get(cell.state, "onbekend")
        shown = text if cell.state in ("waarde", "voorlopig") else f"{wording.SIGNS.get(cell.state, '.')}  ({wording.STATES.get(cell.state, 'onbekend')})"
        rows.append(
            {
                "categorie": wording.label(cell.category),
                "getal": number if cell.state in NUMERIC else None,
                "tekst": shown,
                "beschrijving": f"{wording.label(cell.category)}: {said}",
            }
        )
    order = [row["categorie"] for row in rows]
    y: Spec = {
        "field": "categorie",
        "type": "nominal",
        "sort": order,
        "axis": {"title": None, "labelLimit": 190, "ticks": False, "domain": False, "description": "Categorieën"},
    }
    largest = largest or max((float(row["getal"] or 0) for row in rows), default=0.0)
    scale: Spec = {"domain": [0, (largest or 1) * 1.2], "nice": False}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": max(90, 30 * len(rows)),
        "config": CONFIG,
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "color": ACCENT, "height": {"band": 0.65}},
                "encoding": {"x": {"field": "getal", "type": "quantitative", "scale": scale, "axis": None}, **DESCRIBED},
            },
            {
                "transform": [{"calculate": "isValid(datum.getal) ? datum.getal : 0", "as": "plek"}],
                "mark": {"type": "text", "align": "left", "dx": 6, "aria": False},
                "encoding": {"x": {"field": "plek", "type": "quantitative", "scale": scale, "axis": None}, "text": {"field": "tekst"}},
            },
        ],
    }
