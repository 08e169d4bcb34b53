"""The funnel plot as a Vega-Lite dict, and what it says in words. Pure, like charts.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app import wording
from app.catalogue import Indicator
from app.charts import CONFIG, DESCRIBED, SCHEMA, Spec, describe, value_axis
from app.figures import NUMERIC, Area, Cell
from app.funnel import Funnel, Point
from app.palette import ACCENT, FOCUS, GREY, INK, PAPER

SAID = {
    2: "hoger dan de buitenste grens",
    1: "hoger dan de binnenste grens",
    0: "tussen de grenzen",
    -1: "lager dan de binnenste grens",
    -2: "lager dan de buitenste grens",
}
MOST_NAMES = 8  # of more the names cross each other; the sentence below has them all
LINES = ("buiten onder", "binnen onder", "binnen boven", "buiten boven")
INNER = list(LINES[1:3])


def short_name(area: Area) -> str:
    """The name of an area beside its point and in a list: `Delft`, `District E`, `E3 Delft`."""
    match area.level:
        case "district":
            return f"District {area.code}"
        case "abc":
            return "Heel Den Haag"
        case "basisteam":
            return f"{area.code} {area.name}"
    return wording.ALSO_KNOWN_AS.get(area.code, area.name)


def funnel_chart(funnel: Funnel, indicator: Indicator, names: Mapping[str, Area], chosen: str | None) -> Spec:
    """A point per area over the limits. Those outside are diamonds with their name, a provisional one is open, the chosen one has a ring."""
    points = [_point(point, indicator, names[point.cell.area_code], chosen) for point in funnel.points]
    lines = [{"noemer": size, **{line: float(f"{value:.5g}") for line, value in zip(LINES, values, strict=True)}} for size, *values in funnel.limits]
    ends = [(funnel.limits[0][3], "95%"), (funnel.limits[0][4], "99,8%"), (funnel.centre, "regio")]  # at the left, where the lines lie apart
    sizes = [size for size, *_ in funnel.limits]
    middle = sizes[len(sizes) // 2]  # names stand on the side where there is room
    crowded = sum(point.outside != 0 for point in funnel.points) > MOST_NAMES
    x: Spec = {
        "field": "noemer",
        "type": "quantitative",
        "scale": {"type": "log", "domain": [sizes[0], sizes[-1]], "nice": False},
        "axis": {
            "title": wording.label(indicator.denominator or "noemer"),
            "titleAnchor": "end",
            "grid": False,
            "tickCount": 4,
            "labelOverlap": True,
            "format": ",.6~f",
            "description": f"Horizontale as: {indicator.denominator}",
        },
    }
    y = value_axis(indicator)
    limit: Spec = {"y": {**y, "field": "grens"}, "detail": {"field": "lijn", "type": "nominal"}}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 340,
        "config": CONFIG,
        "encoding": {"x": x},
        "layer": [
            {
                "data": {"values": lines},
                "transform": [{"fold": list(LINES), "as": ["lijn", "grens"]}],
                "mark": {"type": "line", "color": GREY, "strokeWidth": 1.5, "aria": False},
                "encoding": {**limit, "strokeDash": {"condition": {"test": f"indexof({INNER}, datum.lijn) >= 0", "value": [4, 4]}, "value": [1, 0]}},
            },
            {
                "data": {"values": [{"noemer": size, "waarde": funnel.centre} for size in (sizes[0], sizes[-1])]},
                "mark": {"type": "line", "color": ACCENT, "strokeWidth": 1.5, "aria": False},
                "encoding": {"y": y},
            },
            {
                "data": {"values": [{"noemer": sizes[0], "waarde": value, "tekst": text} for value, text in ends]},
                "mark": {"type": "text", "align": "left", "dx": 4, "dy": -7, "fontSize": 12, "color": GREY, "aria": False},
                "encoding": {"y": y, "text": {"field": "tekst"}},
            },
            {
                "data": {"values": points},
                "mark": {"type": "point", "size": 80, "opacity": 1},
                "encoding": {
                    "y": y,
                    "shape": {"condition": {"test": "datum.buiten", "value": "diamond"}, "value": "circle"},
                    "fill": {"condition": {"test": "datum.hol", "value": PAPER}, "value": ACCENT},
                    "stroke": {"condition": {"test": "datum.gekozen", "value": FOCUS}, "value": ACCENT},
                    "strokeWidth": {"condition": {"test": "datum.gekozen", "value": 4}, "value": 1.5},
                    **DESCRIBED,
                },
            },
            {
                "data": {"values": [point for point in points if point["gekozen"] or (point["buiten"] and not crowded)]},
                "mark": {
                    "type": "text",
                    "fontSize": 13,
                    "color": INK,
                    "aria": False,
                    "align": {"expr": f"datum.noemer > {middle} ? 'right' : 'left'"},
                    "dx": {"expr": f"datum.noemer > {middle} ? -9 : 9"},
                },
                "encoding": {"y": y, "text": {"field": "naam"}},
            },
        ],
    }


def _point(point: Point, indicator: Indicator, area: Area, chosen: str | None) -> dict[str, object]:
    return {
        "noemer": point.denominator,
        "waarde": point.cell.value,
        "naam": area.code if area.level == "basisteam" else short_name(area),
        "buiten": point.outside != 0,
        "gekozen": area.code == chosen,
        "hol": point.cell.state == "voorlopig",
        "beschrijving": f"{describe(indicator, point.cell, area.label)}, {SAID[point.outside]}",
    }


def remarks(funnel: Funnel, indicator: Indicator, names: Mapping[str, Area], level: str, cells: Sequence[Cell], without_area: Sequence[Cell]) -> list[str]:
    """How to read the plot, which areas lie outside (by name, never by size), what is not drawn, and what it cannot say."""
    whole = indicator.denominator[:1].lower() + indicator.denominator[1:]
    said = [
        f"Elk punt is een {wording.LEVELS[level]}; verder naar rechts: meer {whole}. Bij kleine aantallen verschilt een cijfer al gauw door toeval: "
        "daarom lopen de grenzen links uit elkaar. Tussen de grenzen kan het verschil met de regio toeval zijn.",
        _outside(funnel, names),
    ]
    if any(point.cell.state == "voorlopig" for point in funnel.points):
        said[0] += " Open punt: voorlopig cijfer."
    many = sum(point.outside != 0 for point in funnel.points) > len(funnel.points) / 4
    said.append(
        ("Dat zijn er veel: gebieden verschillen hier om meer redenen dan toeval. " if many else "")
        + "Waardoor een gebied afwijkt, en of dat goed of slecht is, zegt deze grafiek niet."
    )
    if any(cell.state in NUMERIC and cell.numerator for cell in without_area):
        said.append("De regio telt ook mee wat geen bekend gebied heeft. De gebieden liggen daardoor samen wat lager dan de lijn van de regio.")
    missing = [(state, sum(cell.state == state for cell in cells)) for state in ("geheim", "onbekend", "nvt")]
    drawn_not = [f"{wording.label(wording.STATES[state])}: {number} {'gebied' if number == 1 else 'gebieden'}." for state, number in missing if number]
    return said + ([f"Niet in de grafiek: {' '.join(drawn_not)}"] if drawn_not else [])


def _outside(funnel: Funnel, names: Mapping[str, Area]) -> str:
    """The sentences that name the areas outside the limits, in the order of the alphabet."""

    def named(far: int) -> str:
        found = [(short_name(names[point.cell.area_code]), "hoger" if point.outside > 0 else "lager") for point in funnel.points if abs(point.outside) == far]
        return wording.join_words([f"{name} ({side})" for name, side in sorted(found, key=lambda one: one[0].lstrip("'").lower())])

    said = []
    if far := named(2):
        said.append(f"Buiten de buitenste grenzen (99,8%): {far}; zo'n verschil geeft toeval bijna nooit.")
    if near := named(1):
        said.append(
            f"Buiten de binnenste grenzen (95%): {near}; dat is meer verschil dan toeval meestal geeft, al komt het door toeval bij 1 op de 20 gebieden voor."
        )
    return " ".join(said) or "Geen enkel gebied ligt buiten de grenzen: alle verschillen kunnen toeval zijn."
