"""The colours of the house, each with its counterpart in the dark theme. Pure.

Charts and maps are always made with the light colours: so a picture that is saved and a page that is printed are light, and no chart is made
twice. On a dark screen the browser puts the counterparts in their place, by the rules of `css()`; that needs no run of a page, so that it is right
at once when the reader or the system changes the theme. Streamlit's own colours stand in .streamlit/config.toml.
"""

from __future__ import annotations

from collections.abc import Mapping

INK, GREY, ACCENT, FOCUS = "#2E2E2E", "#4A4A4A", "#123D6B", "#B3561C"
GRID, EDGE, PAPER = "#E6E8EB", "#737A82", "#FFFFFF"  # lines behind a chart, outlines and axes, the page
#: The lines of a chart, in their order. Any two differ by 26 or more (CIE76) for whoever is colour-blind too, and all stand out 3.4 : 1 or more from white.
SERIES = (ACCENT, "#8A5A00", "#1C9C86", "#A84BD8", "#241A1A")
RED = "#A30000"  # what is wrong
RAMP = ("#DDEBF8", "#A9CAE5", "#5593C4", "#1D6197", "#062B4F")
STATE_FILL = {"geheim": "#D9D9D9", "onbekend": "#ECECEC", "nvt": "#ECECEC", "nihil": "#F6EFD9"}
ON_LIGHT, ON_DARK = "#111111", "#FFFFFF"  # text on a tile of the map

#: Light → dark of shapes and text. On a dark map the highest class is the lightest, so that it stands out as it does on paper.
DARK: Mapping[str, str] = {
    INK: "#E8EAED",
    GREY: "#BDC3CA",
    ACCENT: "#8FBDEB",
    FOCUS: "#F0A36B",
    **dict(zip(SERIES[1:], ("#E3B341", "#4FD1B8", "#D59BF0", "#F4EDED"), strict=True)),
    GRID: "#2B3138",
    EDGE: "#9DA3AA",
    PAPER: "#14181D",
    RED: "#FF9C94",
    **dict(zip(RAMP, ("#1F3B57", "#2A557F", "#3A6EA5", "#86B8E6", "#D6E8F8"), strict=True)),
    "#D9D9D9": "#4A4F55",
    "#ECECEC": "#33383E",
    "#F6EFD9": "#4A4225",
}
#: Text on a tile turns with the tile.
DARK_TEXT: Mapping[str, str] = {ON_LIGHT: ON_DARK, ON_DARK: ON_LIGHT}
#: What the style sheet uses besides, by name: light and dark.
NAMED: Mapping[str, tuple[str, str]] = {
    "ink": (INK, DARK[INK]),
    "grey": (GREY, DARK[GREY]),
    "accent": (ACCENT, DARK[ACCENT]),
    "focus": (FOCUS, DARK[FOCUS]),
    "edge": (EDGE, DARK[EDGE]),
    "paper": (PAPER, DARK[PAPER]),
    "line": ("#C9CDD2", "#4A525B"),
    "amber": ("#9A6A00", "#E3B341"),
    "amber-paper": ("#FDF6E3", "#2B2614"),
    "orange-paper": ("#FBEFE7", "#2D2119"),
    "orange": ("#8A4A00", "#F2B15C"),
    "red": (RED, DARK[RED]),
    "red-paper": ("#FBEAEA", "#331A1A"),
    "green": ("#1D6C34", "#7FD197"),
    "green-paper": ("#EAF5ED", "#16291C"),
    "blue-paper": ("#EEF3F9", "#1A2633"),
}
CHART = '[data-testid="stVegaLiteChart"] svg'


def both(light: str) -> str:
    """A colour of a chart as CSS that follows the theme, for use beside the chart."""
    return f"light-dark({light}, {DARK[light]})"


def css() -> str:
    """The rules for the page's head: the named colours as properties, and of charts the dark counterpart of each colour."""
    names = "".join(f"--km-{name}:light-dark({light},{dark});" for name, (light, dark) in NAMED.items())
    shapes = "".join(f'{CHART} [{part}="{light}"]{{{part}:light-dark({light},{dark})}}' for light, dark in DARK.items() for part in ("fill", "stroke"))
    texts = "".join(f'{CHART} text[fill="{light}"]{{fill:light-dark({light},{dark})}}' for light, dark in DARK_TEXT.items())
    return f":root{{{names}}}{shapes}{texts}"
