"""The dark theme in a real browser; paper is always light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

from app.palette import ACCENT, DARK, INK, PAPER
from tests.app.browsing import style, violations, visit
from tests.app.test_browser import open_downloads

pytestmark = pytest.mark.browser
BAR = "[data-testid=stVegaLiteChart] svg [fill='#123D6B']"


@pytest.fixture
def dark(page: Page) -> Iterator[Page]:
    """The tab of a reader whose system is dark."""
    page.emulate_media(color_scheme="dark")
    yield page
    page.emulate_media(color_scheme="light", media="screen")


def test_axe_finds_nothing_in_the_open_choice_of_downloads_in_the_dark(dark: Page, server: str) -> None:
    dark.set_viewport_size({"width": 1400, "height": 1000})
    visit(dark, f"{server}/mensenhandel")
    open_downloads(dark)
    assert violations(dark) == []


def test_a_chart_follows_the_theme_and_paper_is_light_on_a_dark_screen_too(dark: Page, server: str) -> None:
    visit(dark, f"{server}/online-criminaliteit")
    dark.wait_for_selector(BAR, state="attached")
    assert style(dark, BAR, "fill") == DARK[ACCENT]
    dark.emulate_media(media="print")
    assert style(dark, BAR, "fill") == ACCENT
    assert style(dark, "[data-testid=stApp]", "backgroundColor") == PAPER
    assert style(dark, "[data-testid=stHeading] h1", "color") == INK
    dark.emulate_media(media="screen", color_scheme="light")
    dark.wait_for_function("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'light'")
    assert style(dark, BAR, "fill") == ACCENT
