"""The colours: readable in both themes (WCAG 2.1, 1.4.3 and 1.4.11), each with a counterpart, and the same everywhere."""

from __future__ import annotations

import re
import tomllib

import pytest

from app import palette
from app.palette import ACCENT, DARK, DARK_TEXT, EDGE, FOCUS, GREY, INK, NAMED, ON_DARK, ON_LIGHT, PAPER, RAMP, RED, SERIES, STATE_FILL
from app.serve import FOLDER

HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
THEMES = ("light", "dark")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def shown(colour: str, theme: str, *, on_tile: bool = False) -> str:
    return colour if theme == "light" else (DARK_TEXT if on_tile else DARK)[colour]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", [INK, GREY, FOCUS, ACCENT])
def test_text_in_a_chart_is_readable_on_the_page(colour: str, theme: str) -> None:
    assert contrast(shown(colour, theme), shown(PAPER, theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_a_tile_is_readable_whatever_its_class_or_state(theme: str) -> None:
    pairs = [(fill, ON_DARK if fill in RAMP[3:] else ON_LIGHT) for fill in (*RAMP, *STATE_FILL.values())]
    assert min(contrast(shown(fill, theme), shown(ink, theme, on_tile=True)) for fill, ink in pairs) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", [*SERIES, FOCUS, EDGE, RED])
def test_bars_lines_and_outlines_stand_out_from_the_page(colour: str, theme: str) -> None:
    assert contrast(shown(colour, theme), shown(PAPER, theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", ["geheim", "onbekend"])
def test_the_hatch_stands_out_from_its_tile(state: str, theme: str) -> None:
    assert contrast(shown(EDGE, theme), shown(STATE_FILL[state], theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_classes_of_a_map_go_one_way_in_lightness(theme: str) -> None:
    steps = [luminance(shown(colour, theme)) for colour in RAMP]
    assert steps == sorted(steps, reverse=theme == "light")


@pytest.mark.parametrize("theme", [0, 1])
def test_the_texts_of_the_style_sheet_are_readable_on_the_papers_of_its_notes(theme: int) -> None:
    colours = {name: pair[theme] for name, pair in NAMED.items()}
    papers = [colour for name, colour in colours.items() if name.endswith("paper")]
    assert min(contrast(colours["ink"], paper) for paper in papers) >= 4.5
    assert min(contrast(colours[name], colours["paper"]) for name in ("grey", "accent", "red", "green", "orange")) >= 4.5
    assert contrast(colours["red"], colours["red-paper"]) >= 4.5
    assert min(contrast(colours[name], colours["paper"]) for name in ("amber", "focus", "edge")) >= 3


def test_no_colour_is_written_without_a_counterpart_in_the_dark() -> None:
    files = [path for where in (FOLDER, FOLDER / "views") for path in where.glob("*.py") if path.name != "palette.py"]
    written = {colour for path in files for colour in HEX.findall(path.read_text(encoding="utf-8"))}
    assert written <= DARK.keys() | DARK_TEXT.keys()
    assert not HEX.findall((FOLDER / "static" / "ketenmonitor.css").read_text(encoding="utf-8"))


def test_the_style_sheet_names_only_colours_that_exist() -> None:
    named = set(re.findall(r"var\(--km-([a-z-]+)\)", (FOLDER / "static" / "ketenmonitor.css").read_text(encoding="utf-8")))
    assert named <= NAMED.keys()
    assert all(f"--km-{name}:light-dark(" in palette.css() for name in named)


def test_streamlit_has_the_same_colours() -> None:
    theme = tomllib.loads((FOLDER / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for place, name in enumerate(THEMES):
        assert (theme[name]["textColor"], theme[name]["backgroundColor"]) == (NAMED["ink"][place], NAMED["paper"][place])
        assert (theme[name]["linkColor"], theme[name]["borderColor"]) == (NAMED["accent"][place], NAMED["line"][place])
        assert contrast(theme[name]["primaryColor"], "#FFFFFF") >= 4.5  # its button has white text
        assert contrast(theme[name]["primaryColor"], theme[name]["backgroundColor"]) >= 3
        assert contrast(theme[name]["textColor"], theme[name]["secondaryBackgroundColor"]) >= 4.5
