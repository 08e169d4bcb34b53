"""The map with real borders as a Vega-Lite dict. Pure, like mapchart.py: the same classes, hatches, words and click."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.borders import Borders
from app.catalogue import Indicator
from app.charts import CONFIG, SCHEMA, Spec
from app.figures import Cell
from app.mapchart import IS_CHOSEN, area_rows, params
from app.palette import EDGE, FOCUS, STATE_FILL

NARROW = 420  # below this many pixels numbers would cross the borders; colour, hatch, list and table remain


def border_map(cells: Sequence[Cell], indicator: Indicator, names: dict[tuple[str, str], str], chosen: Collection[str], borders: Borders) -> Spec:
    """Every gemeente within its borders; a click gives the selection `gebied` with field `code`. The borders themselves are no part of the dict: the
    browser fetches them once from `borders.url`. A gemeente without a cell has the paint of what is unknown."""
    rows = [row for row in area_rows(cells, indicator, names) if row["code"] in borders.middles]
    texts = [row | dict(zip(("lengte", "breedte"), borders.middles[row["code"]], strict=True)) for row in rows]
    fields = ["kleur", "arcering", "beschrijving"]
    shapes: list[Spec] = [
        {"calculate": "datum.properties.code", "as": "code"},
        {"lookup": "code", "from": {"data": {"values": [{name: row[name] for name in ["code", *fields]} for row in rows]}, "key": "code", "fields": fields}},
    ]
    data: Spec = {"url": borders.url, "format": {"type": "json", "property": "features"}}
    areas = {"data": data, "transform": [{"filter": "datum.properties.soort === 'vlak'"}, *shapes]}
    tooltip: Spec = {"field": "beschrijving", "type": "nominal", "title": " "}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 420,
        "config": CONFIG,
        "projection": {"type": "mercator"},
        "params": params("vlakken", chosen),
        "layer": [
            {
                "name": "vlakken",
                **areas,
                "mark": {"type": "geoshape", "cursor": "pointer", "invalid": None, "stroke": EDGE, "strokeWidth": 0.7},
                "encoding": {
                    "fill": {
                        "condition": {"test": "isValid(datum.kleur)", "field": "kleur", "type": "nominal", "scale": None},
                        "value": STATE_FILL["onbekend"],
                    },
                    "description": {"field": "beschrijving", "type": "nominal"},
                    "tooltip": tooltip,
                },
            },
            {
                "data": data,
                "transform": [*shapes, {"filter": "datum.properties.soort === datum.arcering"}],
                "mark": {"type": "geoshape", "filled": False, "stroke": EDGE, "strokeWidth": 1.2, "aria": False, "cursor": "pointer"},
                "encoding": {"tooltip": tooltip},
            },
            {
                **areas,
                "transform": [*areas["transform"], {"filter": IS_CHOSEN}],
                "mark": {"type": "geoshape", "filled": False, "stroke": FOCUS, "strokeWidth": 4, "aria": False},
            },
            {
                "data": {"values": texts},
                "mark": {"type": "text", "aria": False, "fontSize": 12, "fontWeight": 600, "cursor": "pointer"},
                "encoding": {
                    "longitude": {"field": "lengte", "type": "quantitative"},
                    "latitude": {"field": "breedte", "type": "quantitative"},
                    "color": {"field": "inkt", "type": "nominal", "scale": None},
                    "text": {"condition": {"test": f"width < {NARROW}", "value": ""}, "field": "tekst", "type": "nominal"},
                    "tooltip": tooltip,
                },
            },
        ],
    }
