"""The tile map as a Vega-Lite dict, and its legend. Pure, like charts.py.

Hatching is drawn as lines, because Vega-Lite knows no patterns: so it also shows in a downloaded picture.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from app import wording
from app.catalogue import Indicator
from app.charts import CONFIG, SCHEMA, Spec, describe
from app.figures import Area, Cell
from app.palette import EDGE, FOCUS, ON_DARK, ON_LIGHT, RAMP, STATE_FILL
from app.tilemap import Tile, lay_out

LIGHT_TEXT = frozenset(RAMP[3:])
STATE_HATCH = {"geheim": "/", "onbekend": "\\"}
INSET = 0.03
IS_CHOSEN = "indexof(gekozen, datum.code) >= 0"


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend below a map: words, fill, and the direction of the hatch (empty for none)."""

    text: str
    fill: str
    hatch: str = ""


def class_breaks(values: Sequence[float]) -> list[float]:
    """Upper bounds of at most five classes with about equally many areas each; the last bound is the largest value."""
    ordered = sorted(set(values))
    if len(ordered) <= len(RAMP):
        return ordered
    return sorted({ordered[min(len(ordered) - 1, -(-(step * len(ordered)) // len(RAMP)) - 1)] for step in range(1, len(RAMP) + 1)})


def _fill(cell: Cell, breaks: list[float], decimals: int) -> str:
    if cell.state not in ("waarde", "voorlopig") or cell.value is None:
        return STATE_FILL.get(cell.state, STATE_FILL["onbekend"])
    place = next((number for number, bound in enumerate(breaks) if round(cell.value, decimals) <= bound), len(breaks) - 1)
    return RAMP[place if len(breaks) == len(RAMP) else round(place * (len(RAMP) - 1) / max(1, len(breaks) - 1))]


def _numbers(cells: Sequence[Cell], indicator: Indicator) -> list[float]:
    """Values as readers see them: two tiles that show the same number never differ in colour."""
    return [round(cell.value, indicator.decimals) for cell in cells if cell.value is not None and cell.state in ("waarde", "voorlopig")]


def map_legend(cells: Sequence[Cell], indicator: Indicator) -> list[LegendEntry]:
    """Classes with their bounds, then every state without a colour of its own, also when no tile has it today."""
    numbers = _numbers(cells, indicator)
    breaks = class_breaks(numbers)
    lower = min(numbers, default=0.0)
    entries: list[LegendEntry] = []
    for bound in breaks:
        inside = [number for number in numbers if lower <= number <= bound]
        low, high = (wording.format_number(edge, indicator.decimals) for edge in (min(inside), bound))
        fill = _fill(Cell("", "", "", "", "waarde", bound, None, None), breaks, indicator.decimals)
        entries.append(LegendEntry(low if low == high else f"{low} tot en met {high}", fill))
        lower = min((number for number in numbers if number > bound), default=bound)
    states = [("nihil", "nihil (-)"), ("geheim", "geheim (x)"), ("onbekend", "onbekend (.)")]
    return entries + [LegendEntry(text, STATE_FILL[state], STATE_HATCH.get(state, "")) for state, text in states]


def _hatch(tile: Tile, direction: str) -> list[dict[str, float]]:
    """Diagonal lines over one tile, clipped to it, in grid units; none without a direction."""
    lines: list[dict[str, float]] = []
    if not direction:
        return lines
    step, low, high = 0.2, INSET, 1 - INSET
    offsets = [-1 + step * number for number in range(1, int(2 / step))]
    for offset in offsets:
        start, end = max(low, low + offset), min(high, high + offset)
        if end - start > 0.05:
            y1, y2 = (start - offset, end - offset)
            down, up = (y1, y2) if direction == "\\" else (1 - y1, 1 - y2)
            lines.append({"x": tile.column + start * tile.width, "x2": tile.column + end * tile.width, "y": tile.row + down, "y2": tile.row + up})
    return lines


def area_rows(cells: Sequence[Cell], indicator: Indicator, names: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    """What a map says and paints of each area, whatever its shape there."""
    breaks = class_breaks(_numbers(cells, indicator))
    rows = []
    for cell in cells:
        fill = _fill(cell, breaks, indicator.decimals)
        area = Area(cell.area_level, cell.area_code, names.get((cell.area_level, cell.area_code), cell.area_code))
        rows.append(
            {
                "code": cell.area_code,
                "tekst": cell.text(indicator),
                "kleur": fill,
                "inkt": ON_DARK if fill in LIGHT_TEXT else ON_LIGHT,
                "arcering": STATE_HATCH.get(cell.state, ""),
                "beschrijving": describe(indicator, cell, area.label),
            }
        )
    return rows


def params(view: str, chosen: Collection[str]) -> list[Spec]:
    """What a map takes from outside and gives back: the chosen areas, and the selection of a click on the shapes of `view`."""
    click = {"name": "gebied", "views": [view], "select": {"type": "point", "fields": ["code"], "toggle": False}}
    return [{"name": "gekozen", "value": list(chosen)}, click]


def tile_map(cells: Sequence[Cell], indicator: Indicator, names: dict[tuple[str, str], str], chosen: Collection[str]) -> Spec:
    """A tile per area with its name and value; a click gives the selection `gebied` with field `code`. The chosen areas stand in the parameter
    `gekozen` and nowhere else, so that a map is the same for whoever chose another area."""
    tiles = lay_out((cell.area_level, cell.area_code, names.get((cell.area_level, cell.area_code), cell.area_code)) for cell in cells)
    said = {row["code"]: row for row in area_rows(cells, indicator, names)}
    rows = [
        {
            "x": tile.column + INSET,
            "x2": tile.column + tile.width - INSET,
            "y": tile.row + INSET,
            "y2": tile.row + 1 - INSET,
            "mx": tile.column + tile.width / 2,
            "my": tile.row + 0.5,
            "ny": tile.row + (0.24 if "\n" in tile.lines else 0.32),
            "naam": tile.lines,
            "kort": tile.short,
            **said[tile.code],
        }
        for tile in tiles
    ]
    hatches = [{"code": tile.code, **line} for tile in tiles for line in _hatch(tile, said[tile.code]["arcering"])]
    columns = max((tile.column + tile.width for tile in tiles), default=1)
    height = max((tile.row for tile in tiles), default=0) + 1
    x, y = _position("x", columns), _position("y", height, reverse=True)
    small = columns > 3
    name_field: Spec = (
        {"condition": {"test": "width < 560", "field": "kort", "type": "nominal"}, "field": "naam", "type": "nominal"}
        if small
        else {"field": "naam", "type": "nominal"}
    )
    ink: Spec = {"field": "inkt", "type": "nominal", "scale": None}
    middle: Spec = {"x": _position("mx", columns), "y": _position("my", height, reverse=True), "color": ink}
    tooltip = {"field": "beschrijving", "type": "nominal", "title": " "}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": int(height * (66 if height > 4 else 84)),
        "config": CONFIG,
        "params": params("tegels", chosen),
        "layer": [
            {
                "data": {"values": rows},
                "layer": [
                    {
                        "name": "tegels",
                        "mark": {"type": "rect", "cursor": "pointer", "cornerRadius": 3},
                        "encoding": {
                            "x": x,
                            "x2": {"field": "x2"},
                            "y": y,
                            "y2": {"field": "y2"},
                            "fill": {"field": "kleur", "type": "nominal", "scale": None},
                            "stroke": {"condition": {"test": IS_CHOSEN, "value": FOCUS}, "value": EDGE},
                            "strokeWidth": {"condition": {"test": IS_CHOSEN, "value": 4}, "value": 0.7},
                            "description": {"field": "beschrijving", "type": "nominal"},
                            "tooltip": tooltip,
                        },
                    },
                    {
                        "data": {"values": hatches},
                        "mark": {"type": "rule", "color": EDGE, "strokeWidth": 1.2, "aria": False, "tooltip": None, "cursor": "pointer"},
                        "encoding": {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "y2"}},
                    },
                    {
                        "mark": {
                            "type": "text",
                            "aria": False,
                            "fontSize": 12,
                            "lineBreak": "\n",
                            "baseline": "middle",
                            "lineHeight": 13,
                            "cursor": "pointer",
                        },
                        "encoding": {**middle, "y": _position("ny", height, reverse=True), "text": name_field, "tooltip": tooltip},
                    },
                    {
                        "mark": {"type": "text", "aria": False, "dy": 17, "fontSize": 14, "fontWeight": 600, "baseline": "middle", "cursor": "pointer"},
                        "encoding": {**middle, "text": {"field": "tekst", "type": "nominal"}, "tooltip": tooltip},
                    },
                ],
            }
        ],
    }


def _position(field: str, size: float, *, reverse: bool = False) -> Spec:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [0, size], "nice": False, "zero": False, "reverse": reverse}}
