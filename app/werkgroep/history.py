"""Quality per partner over time, from the reports of all releases: two charts as Vega-Lite dicts, and a table of partners by releases. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from html import escape

from app import palette, tables, wording
from app.charts import CONFIG, DASHES, DESCRIBED, SCHEMA, SHAPES, Spec
from app.drawings import Drawing
from app.review import SEVERITIES, Past
from app.werkgroep.questions import day_of
from app.werkgroep.standing import LIGHTS, MEANING, PLURAL, SINGULAR

AT_MOST = 24  # releases in a chart: two years, at one a month
IN_TABLE = 12
ON_TIME = "op tijd"
#: `D-M-J` of a release id, below the axis.
DAY = "slice(datum.value, 8, 10) + '-' + slice(datum.value, 5, 7) + '-' + slice(datum.value, 0, 4)"


def partners(past: Sequence[Past]) -> list[str]:
    """All partners that a delivery or finding names, by name."""
    named = {partner for one in past for partner, _ in one.deliveries}
    named |= {str(finding["partner"]) for one in past for finding in one.report.findings if finding.get("partner")}
    return sorted(named, key=str.lower)


def counts(one: Past, partner: str = "") -> Counter[str]:
    """How many findings of each severity a release had, of one partner or of all."""
    return Counter(str(finding["severity"]) for finding in one.report.findings if partner in ("", finding.get("partner")))


def on_time(one: Past, partner: str = "") -> tuple[int, int]:
    """How many deliveries were on time, and of how many."""
    mine = [status for who, status in one.deliveries if partner in ("", who)]
    return mine.count(ON_TIME), len(mine)


def draw_findings(past: Sequence[Past], partner: str = "") -> Drawing:
    """Findings per release, a line per severity."""
    shown = past[-AT_MOST:]
    names = [wording.label(PLURAL[severity]) for severity in SEVERITIES]
    rows = []
    for one in shown:
        found = counts(one, partner)
        for severity, name in zip(SEVERITIES, names, strict=True):
            said = f"{day_of(one.release_id)}: {found[severity]} {SINGULAR[severity] if found[severity] == 1 else PLURAL[severity]}"
            rows.append({"release": one.release_id, "getal": found[severity], "reeks": name, "beschrijving": said})
    title = f"Bevindingen per release, {partner or 'alle partners samen'}"
    table = [
        {"Release": day_of(one.release_id), **{name: str(counts(one, partner)[severity]) for severity, name in zip(SEVERITIES, names, strict=True)}}
        for one in reversed(shown)
    ]
    return Drawing("bevindingen", title, _text(_lines(rows, names, "bevindingen")), f"{title}.", table=tables.behind(table, title))


def draw_on_time(past: Sequence[Past], partner: str = "") -> Drawing:
    """The share of deliveries that were on time per release."""
    shown = [(one, on_time(one, partner)) for one in past[-AT_MOST:]]
    name = "Op tijd"
    rows = [
        {"release": one.release_id, "getal": 100 * good / of, "reeks": name, "beschrijving": f"{day_of(one.release_id)}: {good} van {of} leveringen op tijd"}
        for one, (good, of) in shown
        if of
    ]
    title = f"Leveringen op tijd per release, {partner or 'alle partners samen'}"
    if not rows:
        return Drawing("op-tijd", title, warnings=("Van deze partner zijn er geen leveringen.",))
    table = [
        {"Release": day_of(one.release_id), "Op tijd": str(good), "Leveringen": str(of), "Aandeel": f"{wording.format_number(100 * good / of)}%"}
        for one, (good, of) in reversed(shown)
        if of
    ]
    return Drawing("op-tijd", title, _text(_lines(rows, [name], "% op tijd", top=100)), f"{title}.", table=tables.behind(table, title))


def _lines(rows: Sequence[dict[str, object]], names: Sequence[str], unit: str, top: float | None = None) -> Spec:
    """Lines over releases; a single release is a point."""
    order = sorted({str(row["release"]) for row in rows})
    axis: Spec = {"title": unit, "titleAnchor": "start", "titleAngle": 0, "titleAlign": "left", "titleX": 0, "titleY": -12, "tickMinStep": 1, "tickCount": 5}
    y: Spec = {
        "field": "getal",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True} | ({"domain": [0, top]} if top else {}),
        "axis": {**axis, "format": ",.6~f", "description": f"Verticale as: {unit}"},
    }
    legend = (
        {"title": None, "orient": "bottom", "columns": 1, "labelFontSize": 13, "labelLimit": 260, "description": "Legenda: ernst"} if len(names) > 1 else None
    )
    colour, dash, shape = (
        {"field": "reeks", "type": "nominal", "scale": {"domain": list(names), "range": list(by[: len(names)])}, "legend": legend}
        for by in ((palette.RED, palette.SERIES[1], palette.ACCENT) if len(names) > 1 else palette.SERIES, DASHES, SHAPES)
    )
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 260 if len(names) > 1 else 160,
        "config": CONFIG,
        "data": {"values": list(rows)},
        "encoding": {
            "x": {
                "field": "release",
                "type": "ordinal",
                "scale": {"domain": order},
                "axis": {
                    "title": None,
                    "labelExpr": DAY,
                    "labelAngle": 0 if len(order) < 7 else -45,
                    "labelOverlap": True,
                    "description": "Horizontale as: releases",
                },
            }
        },
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2.5, "description": "Lijn over de releases"},
                "encoding": {"y": y, "stroke": colour, "strokeDash": dash | {"legend": None}},
            },
            {
                "mark": {"type": "point", "size": 70, "opacity": 1, "strokeWidth": 2},
                "encoding": {"y": y, "fill": colour, "stroke": colour, "shape": shape, **DESCRIBED},
            },
        ],
    }


def _text(spec: Spec) -> str:
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))


def matrix(past: Sequence[Past]) -> str:
    """Partners by releases, as a table: in each cell the sign of the gravest severity and how many findings there were of it, and below it how
    many deliveries were on time. Empty without releases."""
    shown = past[-IN_TABLE:]
    if not shown:
        return ""
    heads = "".join(f'<th scope="col">{escape(_short_day(one.release_id))}</th>' for one in shown)
    lines = "".join(f'<tr><th scope="row">{escape(partner)}</th>{"".join(_cell(one, partner) for one in shown)}</tr>' for partner in partners(shown))
    return (
        '<div class="km-rooster" tabindex="0" role="region" aria-label="Kwaliteit per partner en release"><table>'
        f'<thead><tr><th scope="col">Partner</th>{heads}</tr></thead><tbody>{lines}</tbody></table></div>'
        f'<p class="km-meta">{escape(MEANING)} Het getal erachter telt de fouten of waarschuwingen. Daaronder: leveringen op tijd, van alle leveringen.</p>'
    )


def _short_day(release_id: str) -> str:
    return "-".join(reversed(release_id[:10].split("-")))


def _cell(one: Past, partner: str) -> str:
    found, (good, of) = counts(one, partner), on_time(one, partner)
    gravest = next((severity for severity in SEVERITIES if found[severity]), "let op")
    light = LIGHTS[gravest]
    number = found[gravest] if gravest != "let op" else 0
    said = f"{light.sign} {number}" if number else light.sign
    words = wording.join_words(
        [f"{found[severity]} {SINGULAR[severity] if found[severity] == 1 else PLURAL[severity]}" for severity in SEVERITIES if found[severity]]
    )
    told = f"{words or 'geen bevindingen'}; {good} van {of} leveringen op tijd"
    deliveries = f"{good}/{of}" if of else ""
    return (
        f'<td class="km-licht-{light.code}" title="{escape(told)}"><span aria-hidden="true">{escape(said)}<br>{deliveries}</span>'
        f'<span class="km-onzichtbaar">{escape(told)}</span></td>'
    )
