"""The foot of every page and the pages about the figures, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

from app import foot
from tests.app.browsing import violations, visit, wait_until_quiet

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1400, 320])
def test_the_links_at_the_foot_are_a_navigation_of_their_own_that_is_not_printed(width: int, page: Page, server: str) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    visit(page, f"{server}/definities")
    links = page.get_by_role("navigation", name="Over deze cijfers").get_by_role("link")
    assert [link.inner_text() for link in links.all()] == list(foot.LINKS.values())
    page.emulate_media(media="print")
    assert not links.first.is_visible()
    page.emulate_media(media="screen")
    links.filter(has_text="Wijzigingen").press("Enter")
    page.get_by_role("heading", name="Wijzigingen", level=1).wait_for()


def test_a_figure_is_followed_to_the_file_of_the_partner_in_three_clicks(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    visit(page, server)
    page.get_by_role("link", name="Kaart, verloop en tabel").first.click()
    page.get_by_role("link", name="Waar komt dit cijfer vandaan?").click()
    page.get_by_role("heading", name="Herkomst", level=1).wait_for()
    wait_until_quiet(page)
    page.locator("ol.km-steps summary").first.click()
    page.get_by_text("ontvangen op 20 november 2026").first.wait_for()
    assert violations(page) == []


def test_no_single_letter_does_anything_outside_a_field(page: Page, server: str) -> None:
    visit(page, f"{server}/toegankelijkheid")
    page.evaluate("window.pressed = ''; document.addEventListener('keydown', press => window.pressed += press.key)")
    for key in ("r", "c", "R", "x"):
        page.keyboard.press(key)
    assert page.evaluate("window.pressed") == "x"


@pytest.mark.parametrize("path", ["bestaat-niet", "leveringen/bestaat-niet", "%3Cscript%3E"])
def test_an_address_without_a_page_says_so_in_dutch_above_the_overview(path: str, page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(f"{server}/{path}")
    said = page.get_by_role("dialog", name="Deze pagina bestaat niet")
    said.wait_for()
    assert "U ziet nu het Overzicht." in said.inner_text()
    assert not [word for word in ("page", "requested", "app", "script", "bestaat-niet") if word in said.inner_text().lower()]
    assert said.get_by_role("button").get_attribute("aria-label") == "Sluiten"
    page.wait_for_selector(".km-footer")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 1000})
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1, name="Ketenmonitor regio Den Haag").wait_for()


def test_the_menu_is_dutch_and_offers_no_film_of_the_screen(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    visit(page, f"{server}/definities")
    page.get_by_test_id("stMainMenu").click()
    menu = page.get_by_test_id("stMainMenuPopover")
    menu.get_by_text("Afdrukken").wait_for()
    assert "Gemaakt met Streamlit" in menu.inner_text()
    assert not page.get_by_test_id("stMainMenuItem-recordScreencast").is_visible()
    said = menu.evaluate("menu => [...menu.querySelectorAll('[aria-label], [title]')].map(e => e.getAttribute('aria-label') || e.title)")
    assert set(said) == {"Hoofdmenu", "Thema", "Versie kopiëren"}
    page.keyboard.press("Escape")
