"""How tests of pages look at them in a real browser: the system's Chromium, one tab, and axe-core."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.palette import DARK, PAPER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = [Path(os.environ.get("KETENMONITOR_AXE", "")), Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"]
RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; no browser is downloaded."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One tab for all tests: the front end is then fetched once."""
    tab = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="nl-NL").new_page()
    yield tab
    tab.context.close()


@pytest.fixture(scope="module")
def outside(page: Page, server: str) -> list[str]:
    """Requests of the tab to anything but the server."""
    seen: list[str] = []
    inside = (server, server.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(inside) else seen.append(request.url))
    page.on("websocket", lambda socket: None if socket.url.startswith(inside) else seen.append(socket.url))
    return seen


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".km-footer", timeout=30_000)
    page.wait_for_function("!document.querySelector('[data-testid=stVegaLiteChart]') || document.querySelector('svg [aria-roledescription]')", timeout=30_000)


def wait_until_quiet(page: Page) -> None:
    """Until no script has run for a second: on a busy machine the run after a click starts late, and takes a button that is clicked before away."""
    quiet = 0
    while quiet < 4:
        page.wait_for_timeout(250)
        quiet = quiet + 1 if page.locator("[data-testid=stApp][data-test-script-state=running]").count() == 0 else 0


def violations(page: Page) -> list[tuple[str, str, str]]:
    """What axe-core finds on the page as it stands, to its foot: of what is scrolled out of sight in the page's own frame axe judges no
    contrast, which was four fifths of a theme page."""
    axe = next((candidate for candidate in AXE if candidate.is_file()), None)
    if axe is None:
        pytest.skip("axe-core is not here: set KETENMONITOR_AXE to axe.min.js")
    page.evaluate(axe.read_text(encoding="utf-8"))
    seen = page.viewport_size or {"width": 1400, "height": 1000}
    whole = page.evaluate("Math.max(...[...document.querySelectorAll('[data-testid=stMain], html')].map(frame => frame.scrollHeight))")
    page.set_viewport_size({"width": seen["width"], "height": max(whole, seen["height"])})
    try:
        return [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in page.evaluate(RULES)["violations"]]
    finally:
        page.set_viewport_size(seen)


def style(page: Page, selector: str, name: str) -> str:
    """A computed colour as `#RRGGBB`."""
    told: str = page.evaluate("([selector, name]) => getComputedStyle(document.querySelector(selector))[name]", [selector, name])
    parts = [int(part) for part in told.removeprefix("rgb(").removesuffix(")").split(",")]
    return "#" + "".join(f"{part:02X}" for part in parts)


def refuse_flaws(page: Page, address: str) -> None:
    """Axe finds nothing on a wide screen, nor on a narrow one, in the light and in the dark, and the narrow one does not scroll
    sideways. Of one visit: to fetch and draw a page took longer than to look at it."""
    page.set_viewport_size({"width": 1400, "height": 1000})
    visit(page, address)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 1000})
    page.wait_for_function("(main => main.scrollWidth <= main.clientWidth)(document.querySelector('[data-testid=stMain]'))", timeout=10_000)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    try:
        page.wait_for_function("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'dark'")
        assert violations(page) == []
        assert style(page, "[data-testid=stApp]", "backgroundColor") == DARK[PAPER]
    finally:
        page.emulate_media(color_scheme="light")
