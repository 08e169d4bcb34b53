"""Draws Vega-Lite dicts as pictures, in a process of its own: `python render.py < jobs.json > pictures.json`.

The engine of vl-convert takes 75 MB of memory and keeps it, and what draws 50 sessions has 400. A job is a chart with what stands above and below it;
nothing is fetched from anywhere.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parents[1] / "static" / "fonts"
MARGIN = 24
SCALE = 2  # pixels of a PNG per unit, so that it is sharp in a report


def put_in_frame(chart: str, job: dict[str, Any]) -> str:
    """The chart, an SVG, between its head and foot, which are SVG too, `head_height` and `foot_height` high."""
    size = re.match(r'<svg [^>]*width="([0-9.]+)" height="([0-9.]+)"', chart)
    if size is None:
        raise ValueError("the engine gave no SVG with a size")
    width, high = float(job["width"]), float(size[2])
    below = MARGIN + job["head_height"] + high
    height = below + job["foot_height"] + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img">{job["title"]}<rect width="100%" height="100%" fill="#FFFFFF"/>'
        f'<g transform="translate({MARGIN},{MARGIN})">{job["head"]}</g>'
        f'<g transform="translate({MARGIN},{MARGIN + job["head_height"]:g})">{chart}</g>'
        f'<g transform="translate({MARGIN},{below:g})">{job["foot"]}</g></svg>\n'
    )


def write_small(png: bytes) -> bytes:
    """The same pixels, which the engine hardly compresses, in a fifth of the bytes; as large in a report as on a screen."""
    from PIL import Image

    small = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(small, "PNG", optimize=True, dpi=(96 * SCALE, 96 * SCALE))
    return small.getvalue()


def main() -> None:
    """Reads a list of jobs and writes a list of pictures as base64, each `svg` or `png`."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    pictures = []
    for job in json.load(sys.stdin):
        svg = put_in_frame(vl_convert.vegalite_to_svg(job["spec"], vl_version="6.4", allowed_base_urls=[]), job)
        picture = svg.encode() if job["kind"] == "svg" else write_small(vl_convert.svg_to_png(svg, scale=SCALE))
        pictures.append(base64.b64encode(picture).decode())
    json.dump(pictures, sys.stdout)


if __name__ == "__main__":
    main()
