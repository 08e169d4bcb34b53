"""A chart or map as a picture that tells by itself what it shows, where it comes from, and whether that is synthetic."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import textwrap
import threading
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from app import wording
from app.borders import Borders, borders_of
from app.charts import Spec
from app.downloads import render
from app.downloads.extract import LICENCES, MAKER, Extract
from app.drawings import Drawing
from app.mapchart import LegendEntry
from app.palette import EDGE, GREY, INK

WIDTH = 760
FONT = "'Source Sans 3', 'Source Sans 3 ExtraLight', sans-serif"  # the files of our font name themselves after the lightest of its family
PATIENCE = 60  # seconds against hanging; one takes about one
_ONE_AT_A_TIME = threading.Lock()


def pictures(extract: Extract, code: str, only: str = "") -> dict[str, bytes]:
    """What the page draws of the extract's view, or the one drawing `only`, as `png` or `svg` per kind of drawing; nothing without a view. Equal extracts
    give equal bytes."""
    view = extract.view
    found = view.drawings(extract.release, extract.indicator) if view else []
    drawn = [drawing for drawing in found if only in ("", drawing.kind)]
    return dict(zip([drawing.kind for drawing in drawn], _render([_job(extract, drawing, code) for drawing in drawn]), strict=True)) if drawn else {}


def draw_alone(drawings: Sequence[Drawing]) -> list[bytes]:
    """Charts as SVG with nothing around them, for a page that says by itself where they come from. Equal drawings give equal bytes."""
    around = {"kind": "svg", "width": WIDTH + 2 * render.MARGIN, "head": "", "head_height": 0, "foot": "", "foot_height": 0}
    jobs = [{**around, "title": f"<title>{_text(drawing.title)}</title>", "spec": _alone(drawing.spec or {}, None)} for drawing in drawings]
    return _render(jobs) if jobs else []


def _render(jobs: Sequence[dict[str, Any]]) -> list[bytes]:
    with _ONE_AT_A_TIME:
        engine = [sys.executable, "-I", str(Path(render.__file__))]
        done = subprocess.run(engine, input=json.dumps(jobs).encode(), capture_output=True, timeout=PATIENCE)  # noqa: S603 - our own file, no shell
    if done.returncode != 0:
        raise RuntimeError("the engine for pictures failed")
    return [base64.b64decode(picture) for picture in json.loads(done.stdout)]


def _job(extract: Extract, drawing: Drawing, code: str) -> dict[str, Any]:
    """What the engine is asked: the chart, below the name of the indicator and above what must be said of its figures."""
    release, view = extract.release, extract.view
    category = f": {wording.label(view.category).lower()}" if view and view.category else ""
    name = f"{extract.indicator.name}{category}"
    made = wording.format_date(release.manifest.get("created_at"))
    head, head_height = _lines([(name, 22, 700, INK), (drawing.title, 17, 600, INK), ("", 6, 400, INK)])
    legend, legend_height = _legend(drawing.legend)
    said = [(text, 14, 400, INK) for text in (*drawing.warnings, *drawing.remarks, *([wording.SIGNS_SAID] if drawing.legend else []))]
    origin = f"Bron: {extract.sources}; bewerkt door de {MAKER}, release {release.id}, gemaakt op {made}. {LICENCES[release.audience]}."
    note = [(release.synthetic_note, 14, 700, INK)] if release.synthetic_note else []
    foot, foot_height = _lines([*said, ("", 6, 400, INK), (origin, 13, 400, GREY), *note], legend_height)
    return {
        "kind": code,
        "width": WIDTH + 2 * render.MARGIN,
        "title": f"<title>{_text(f'{name}. {drawing.title}')}</title>",
        "head": head,
        "head_height": head_height,
        "foot": legend + foot,
        "foot_height": foot_height,
        "spec": _alone(drawing.spec or {}, borders_of(release) if drawing.kind == "kaart-grenzen" else None),
    }


def _alone(spec: Spec, borders: Borders | None) -> Spec:
    """The chart at the width of a picture, with its borders inside instead of at an address."""
    features = {"values": json.loads(borders.content)["features"]} if borders else {}
    layers = [{**layer, "data": features} if "url" in layer.get("data", {}) else layer for layer in spec["layer"]]
    config = {**spec["config"], "font": FONT}
    return {**spec, "width": WIDTH, "autosize": {"type": "fit-x", "contains": "padding"}, "config": config, "layer": layers}


def _text(text: str) -> str:
    """Text for XML, which refuses control characters."""
    return escape("".join(sign if sign.isprintable() else " " for sign in text))


def _lines(paragraphs: Sequence[tuple[str, int, int, str]], start: float = 0) -> tuple[str, float]:
    """Paragraphs of (text, size, weight, colour) below each other, broken to the width; and where they end."""
    found, y = [], start
    for text, size, weight, colour in paragraphs:
        for line in textwrap.wrap(text, int(WIDTH / size / 0.47)):
            y += size * 1.35
            found.append(f'<text y="{y:g}" font-family="{FONT}" font-size="{size}" font-weight="{weight}" fill="{colour}">{_text(line)}</text>')
        y += size * 0.5
    return "".join(found), y


def _legend(entries: Sequence[LegendEntry]) -> tuple[str, float]:
    """The legend of a map as swatches with words, as many on a line as there is room for; and where it ends."""
    found, x, y = [], 0.0, 10.0
    for entry in entries:
        length = 34 + len(entry.text) * 8 + 18
        if x + length > WIDTH:
            x, y = 0, y + 24
        found.append(f'<g transform="translate({x:g},{y:g})"><rect width="26" height="16" fill="{entry.fill}" stroke="{EDGE}"/>')
        for step in range(6, 42, 6) if entry.hatch else ():
            low, high = max(0, step - 16), min(26, step)
            ends = (16 - (step - low), 16 - (step - high)) if entry.hatch == "\\" else (step - low, step - high)
            found.append(f'<path d="M{low},{ends[0]}L{high},{ends[1]}" stroke="{EDGE}"/>')
        found.append(f'<text x="34" y="13" font-family="{FONT}" font-size="14" fill="{INK}">{_text(entry.text)}</text></g>')
        x += length
    return "".join(found), y + 24 if entries else 0.0
