"""The page of the werkgroep in a real browser: deciding by keyboard, both widths, both themes, and the pack that it gives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.browsing import refuse_flaws, violations, visit, wait_until_quiet
from tests.app.findings_fixture import COPIED, write_newest
from tests.app.running import running
from tests.app.test_data_docs import PAGE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def deciding(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo with a newest run that found errors."""
    data = tmp_path_factory.mktemp("deciding")
    shutil.copytree(published / "releases", data / "releases")
    write_newest(data)
    for name in ("index", "leveringen"):
        (data / "quality" / "docs" / f"{name}.html").write_text(PAGE.format(f"<p>Dit is {name}.</p>"), encoding="utf-8")
    with running(data, tmp_path_factory.mktemp("server"), "--demo") as address:
        yield address


@pytest.mark.parametrize("path", ["werkgroep", "datadocs"])
def test_axe_finds_nothing_and_a_narrow_screen_does_not_scroll_sideways(path: str, page: Page, deciding: str) -> None:
    refuse_flaws(page, f"{deciding}/{path}")


def test_axe_finds_nothing_in_the_dark_with_a_finding_open(page: Page, deciding: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.emulate_media(color_scheme="dark")
    try:
        visit(page, f"{deciding}/werkgroep")
        finding(page).press("Enter")
        page.get_by_role("button", name="Leg vast").first.wait_for()
        assert violations(page) == []
    finally:
        page.emulate_media(color_scheme="light")


def finding(page: Page) -> Locator:
    return page.locator("[data-testid=stExpander] summary").filter(has_text=COPIED)


def test_a_decision_is_made_by_keyboard_and_stands_on_the_page_at_once(page: Page, deciding: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    visit(page, f"{deciding}/werkgroep")
    wait_until_quiet(page)
    finding(page).press("Enter")
    page.get_by_role("radio", name="Vraag aan partner").first.press("Space")
    note = page.get_by_role("textbox", name="Toelichting").first
    note.fill("Is dit een oud bestand?")
    note.press("Tab")
    page.get_by_role("button", name="Leg vast").first.press("Enter")
    page.get_by_text("Uw besluit is vastgelegd.").wait_for()
    assert "Is dit een oud bestand?" in page.get_by_role("region", name="Open vragen aan partners").inner_text()


def test_the_page_gives_the_pack(page: Page, deciding: str, tmp_path: Path) -> None:
    visit(page, f"{deciding}/werkgroep")
    wait_until_quiet(page)
    with page.expect_download() as given:
        page.get_by_role("button", name="Download het vergaderstuk").click()
    given.value.save_as(tmp_path / "pack.html")
    assert given.value.suggested_filename == "werkgroep-2026-11-29.html"
    assert (tmp_path / "pack.html").read_text(encoding="utf-8").startswith('<!doctype html><html lang="nl">')


def test_a_link_between_checks_stays_in_the_dashboard(page: Page, deciding: str) -> None:
    visit(page, f"{deciding}/datadocs")
    page.get_by_role("link", name="verder").click()
    page.get_by_text("Dit is leveringen.").wait_for()
    assert page.url == f"{deciding}/datadocs?controle=leveringen"
