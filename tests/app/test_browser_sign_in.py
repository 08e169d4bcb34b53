"""Signing in and out in a real browser, at a real provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.browsing import violations, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def enter(page: Page, name: str) -> None:
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()


def test_a_reader_signs_in_comes_back_to_the_page_and_signs_out(browser: Browser, place: str) -> None:
    page = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="nl-NL").new_page()
    visit(page, f"{place}/mijn-gemeente?gebied=GM0503")
    enter(page, "delft")
    page.get_by_text("Aangemeld als gemeente Delft").wait_for()
    assert page.url == f"{place}/mijn-gemeente?gebied=GM0503"
    page.get_by_text("10.503,5").first.wait_for()
    assert "voor Delft en de gebieden daaromheen" in page.inner_text(".km-footer")
    for width in (1400, 320):
        page.set_viewport_size({"width": width, "height": 1000})
        assert violations(page) == []
    page.get_by_role("button", name="Afmelden").click()
    page.wait_for_url("**/oauth2/end_session*")
    visit(page, f"{place}/mijn-gemeente?gebied=GM0503")
    page.get_by_role("button", name="Aanmelden").wait_for()
    assert "10.503,5" not in page.inner_text("[data-testid=stMain]")
    page.context.close()


def test_a_sign_in_that_is_refused_at_the_provider_comes_back_and_says_so(browser: Browser, place: str) -> None:
    page = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="nl-NL").new_page()
    visit(page, f"{place}/samenwerking")
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("button", name="Deny").click()
    page.get_by_text("Aanmelden is niet gelukt").wait_for()
    assert page.url.startswith(f"{place}/samenwerking")
    page.context.close()
