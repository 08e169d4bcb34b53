"""The diagram of who passes what on to whom, as a Vega-Lite dict: givers on the left, receivers on the right, an arrow for each pass. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from app.chain import Pass
from app.charts import CONFIG, SCHEMA, Spec
from app.palette import ACCENT, FOCUS, INK

LEFT, RIGHT = 0.42, 0.57  # where the arrows start and end, as parts of the width; names need the rest on a screen of 320 pixels
SIGNS_PER_LINE = 17
ROW, LINE, GAP, HEAD = 18, 15, 24, 40  # pixels: between two names, a line of a name, between two blocks, the headings


def diagram(found: Sequence[Pass], focus: str = "") -> Spec:
    """Givers and receivers by name. With a `focus` first what this one gets and below that what it gives, so that no arrows cross."""
    blocks = [found] if not focus else [[one for one in found if one.receiver == focus], [one for one in found if one.receiver != focus]]
    givers: list[Spec] = []
    receivers: list[Spec] = []
    arrows: list[Spec] = []
    height = 0.0
    for block in filter(None, blocks):
        left, right = _places(list(dict.fromkeys(one.giver for one in block)), focus), _places(_near_their_givers(block), focus)
        size = max(left[-1]["eind"], right[-1]["eind"])
        for column in (left, right):
            _spread(column, height, size)
        from_, to = ({place["naam"]: place["y"] for place in column} for column in (left, right))
        arrows += [
            {"van": from_[one.giver], "naar": to[one.receiver], "beschrijving": one.sentence, "krijgt": bool(focus) and one.receiver == focus} for one in block
        ]
        givers, receivers, height = givers + left, receivers + right, height + size + GAP
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": height + HEAD,
        "config": CONFIG,
        "layer": [
            _arrows(arrows, height),
            _heads(arrows, height),
            *_names(givers, LEFT - 0.015, "right", "Geeft door", height),
            *_names(receivers, RIGHT + 0.025, "left", "Krijgt", height),
        ],
    }


def _near_their_givers(found: Sequence[Pass]) -> list[str]:
    """Receivers in the order of the middle of their givers, so that fewer arrows cross."""
    rank = {giver: place for place, giver in enumerate(dict.fromkeys(one.giver for one in found))}
    around: dict[str, list[int]] = {}
    for one in found:
        around.setdefault(one.receiver, []).append(rank[one.giver])
    return sorted(around, key=lambda name: (sum(around[name]) / len(around[name]), name))


def _places(names: Sequence[str], focus: str) -> list[Spec]:
    """A row for each name, as high as its lines ask for."""
    places: list[Spec] = []
    top = 0.0
    for name in names:
        lines = textwrap.wrap(name, SIGNS_PER_LINE, break_long_words=False)
        size = LINE * len(lines) + ROW
        places.append({"naam": name, "regels": lines, "y": top + size / 2, "eind": top + size, "gekozen": name == focus})
        top += size
    return places


def _spread(places: list[Spec], top: float, size: float) -> None:
    """Use the whole height, so that the shorter column stands beside the middle of the longer one."""
    rest = (size - places[-1]["eind"]) / len(places)
    for number, place in enumerate(places):
        place["y"] += top + rest * (number + 0.5)


def _y(field: str, height: float) -> Spec:
    return {"field": field, "type": "quantitative", "scale": {"domain": [-HEAD, height], "reverse": True, "nice": False, "zero": False}, "axis": None}


def _x(place: float) -> Spec:
    return {"datum": place, "type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": None}


def _described() -> Spec:
    return {"description": {"field": "beschrijving", "type": "nominal"}, "tooltip": {"field": "beschrijving", "type": "nominal", "title": " "}}


def _colour() -> Spec:
    return {"condition": {"test": "datum.krijgt", "value": FOCUS}, "value": ACCENT}


def _arrows(arrows: Sequence[Spec], height: float) -> Spec:
    return {
        "data": {"values": list(arrows)},
        "mark": {"type": "rule", "strokeWidth": 1.6, "opacity": 0.8},
        "encoding": {"x": _x(LEFT), "x2": {"datum": RIGHT}, "y": _y("van", height), "y2": {"field": "naar"}, "color": _colour(), **_described()},
    }


def _heads(arrows: Sequence[Spec], height: float) -> Spec:
    return {
        "data": {"values": list(arrows)},
        "mark": {"type": "point", "shape": "triangle-right", "size": 70, "filled": True, "opacity": 1, "aria": False},
        "encoding": {"x": _x(RIGHT), "y": _y("naar", height), "color": _colour()},
    }


def _names(places: Sequence[Spec], x: float, align: str, head: str, height: float) -> list[Spec]:
    """One column of names under its heading; the heading and the focus are bold."""
    rows = [
        {"regels": [head], "y": -24.0, "dik": True},
        *({"regels": place["regels"], "y": place["y"] - LINE * (len(place["regels"]) - 1) / 2, "dik": place["gekozen"]} for place in places),
    ]
    return [
        {
            "data": {"values": [row for row in rows if row["dik"] == is_bold]},
            "mark": {"type": "text", "align": align, "baseline": "middle", "lineHeight": LINE, "fontSize": 13, "fontWeight": weight, "aria": False},
            "encoding": {"x": _x(x), "y": _y("y", height), "text": {"field": "regels"}, "color": {"value": INK}},
        }
        for is_bold, weight in ((False, 400), (True, 700))
    ]
