"""The dashboard in a real browser: language, silence to the outside, clicks, and axe-core."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

from app import figures
from app.catalogue import Breakdown
from app.downloads.columns import KEY
from app.downloads.formats import file_name
from app.downloads.view import View
from app.figures import Area
from app.release import Release
from tests.app.browsing import refuse_flaws, violations, visit, wait_until_quiet
from tests.app.reading import assert_same_figures, figures_of, svg_words, unzip
from tests.app.release_fixture import NOTE, RELEASE_ID

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "mensenhandel",
    "online-criminaliteit",
    "jonge-aanwas",
    "mijn-gemeente",
    "verkenner",
    "samenwerking",
    "opvang",
    "datakwaliteit",
    "definities",
    "bescherming",
    "leveringen",
    "wijzigingen",
    "werkgroep",
    "datadocs",
    "herkomst",
    "toegankelijkheid",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_in_dutch_with_the_banner_and_asks_no_other_host(path: str, page: Page, outside: list[str], server: str) -> None:
    visit(page, f"{server}/{path}")
    assert page.evaluate("document.documentElement.lang") == "nl"
    text = page.inner_text("[data-testid=stMain]")
    assert NOTE in text
    assert "Traceback" not in text
    assert "kan nu niet worden getoond" not in text
    assert page.locator("h1").count() == 1
    assert page.title().endswith("Ketenmonitor")
    assert outside == []


def test_a_click_on_a_tile_chooses_the_area_in_address_list_and_text(page: Page, server: str) -> None:
    visit(page, f"{server}/mensenhandel")
    page.locator("svg [aria-label^='Delft, ']").first.click()
    page.wait_for_url("**gebied=GM0503*")
    page.get_by_text("voor Delft is geheim").first.wait_for()
    page.go_back()
    page.get_by_text("Het cijfer over 2025 voor Delft is geheim").first.wait_for(state="detached")
    assert "gebied" not in page.url


def test_the_list_chooses_an_area_by_keyboard(page: Page, server: str) -> None:
    visit(page, f"{server}/jonge-aanwas")
    page.get_by_role("combobox").first.click()
    page.keyboard.type("Westland - D")
    page.keyboard.press("Enter")
    page.wait_for_url("**gebied=E")


def open_downloads(page: Page) -> None:
    """Open the choice of downloads once the page has its full height: a table that arrives later moves choice and button out of sight."""
    heights = [-2, -1]
    while len(set(heights[-4:])) > 1:
        heights.append(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))
        page.wait_for_timeout(250)
    page.get_by_role("button", name="Cijfers downloaden").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Downloaden", exact=True).wait_for()


def download(page: Page, scope: str, kind: str) -> tuple[str, bytes]:
    """Choose in the open menu and take the file along: its name and content."""
    for choice in (scope, kind):
        page.get_by_test_id("stPopoverBody").get_by_text(choice, exact=True).click()
    wait_until_quiet(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Downloaden", exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("indicator_id", ["mh_slachtoffers", "mh_slachtoffers_vorm"])
def test_what_is_downloaded_is_what_the_release_holds(indicator_id: str, page: Page, server: str, release: Release) -> None:
    visit(page, f"{server}/mensenhandel?indicator={indicator_id}&gebied=GM0503&periode=2023")
    open_downloads(page)
    indicator, values = next(one for one in release.indicators if one.id == indicator_id), release.values_of(indicator_id)
    region = Area("regio", "DH", "")
    view = (
        View(Area("gemeente", "GM0503", ""), region, "gemeente", "jaar", "2023")
        if indicator_id == "mh_slachtoffers"
        else View(region, region, "district", "jaar", "2023", Breakdown("uitbuitingsvorm", True), figures.categories(values, indicator.breakdowns[0])[0])
    )
    name, content = download(page, "De cijfers die u nu ziet", "Excel (XLSX)")
    assert name == file_name("xlsx", release, indicator, view)
    assert_same_figures(figures_of(content, "xlsx", indicator_id), view.rows(values, indicator).sort(KEY))
    name, content = download(page, "Alle cijfers van deze indicator", "Alles in een zip")
    assert name == f"ketenmonitor_{indicator_id}_{RELEASE_ID}_synthetisch.zip"
    assert_same_figures(figures_of(content, "zip", indicator_id), values.sort(KEY), 300)
    assert NOTE in " ".join(unzip(content)["LEESMIJ.txt"].decode().split())


def test_a_chart_is_taken_along_as_a_picture_with_its_source(page: Page, server: str) -> None:
    visit(page, f"{server}/mensenhandel?indicator=mh_slachtoffers&gebied=GM0503&periode=2023")
    open_downloads(page)
    page.get_by_test_id("stPopoverBody").get_by_text("Een kaart of grafiek die u nu ziet", exact=True).click()
    name, content = download(page, "Verloop in Delft, 2021 tot en met 2025", "Tekening (SVG)")
    assert name == f"ketenmonitor_mh_slachtoffers_GM0503_gemeente_jaar_2023_{RELEASE_ID}_synthetisch_verloop.svg"
    said = svg_words(content)
    assert all(text in said for text in ("Verloop in Delft, 2021 tot en met 2025", "Bron: CoMensha", RELEASE_ID, NOTE))


def test_there_is_no_other_export_than_ours(page: Page, server: str) -> None:
    visit(page, f"{server}/mensenhandel")
    page.locator("[data-testid=stVegaLiteChart]").first.hover()
    assert page.get_by_role("button", name="Volledig scherm").count() > 0
    assert page.get_by_role("button", name=re.compile("PNG|Grafiekcode|Vega")).count() == 0
    assert page.locator("[data-testid=stDataFrame]").count() == 0
    spoken = page.evaluate("[...document.querySelectorAll('button')].map(e => e.getAttribute('aria-label') || e.innerText)")
    assert [said for said in spoken if "CSV" in said] == []


def test_each_chart_has_its_figures_as_a_table_that_a_keyboard_opens(page: Page, server: str) -> None:
    visit(page, f"{server}/mensenhandel?indicator=mh_slachtoffers&gebied=GM0503")
    page.locator(".km-cijfers summary").first.press("Enter")
    table = page.locator(".km-cijfers[open] table").first
    assert table.locator("caption").inner_text().startswith("Verloop in Delft")
    assert table.locator("tbody tr").first.inner_text().split("\t")[:2] == ["2025", "x"]


def test_no_button_of_a_page_speaks_english(page: Page, server: str) -> None:
    visit(page, f"{server}/mensenhandel")
    spoken = page.evaluate("[...document.querySelectorAll('button, a, [role=button]')].map(e => e.getAttribute('aria-label') || e.title || e.innerText)")
    english = re.compile(r"(Download as|Fullscreen|Show data|Copy Vega|Open$|Main menu|Skip to|Close$)")
    assert [said for said in spoken if english.match(said)] == []


def test_the_font_is_ours(page: Page, server: str) -> None:
    visit(page, server)
    assert page.evaluate(
        "document.fonts.check(\"16px 'Source Sans 3'\") && [...document.fonts].some(f => f.family.includes('Source Sans 3') && f.status === 'loaded')"
    )


@pytest.mark.parametrize("path", [*PAGES, "mensenhandel?gebied=GM0503"])
def test_axe_finds_nothing_on_any_page_in_either_theme_and_a_narrow_screen_does_not_scroll_sideways(path: str, page: Page, server: str) -> None:
    refuse_flaws(page, f"{server}/{path}")


def test_axe_finds_a_planted_flaw(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 400})  # the foot is out of sight
    visit(page, f"{server}/toegankelijkheid")
    page.evaluate(
        "document.querySelector('.km-footer').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><p style=\"color:#eee;background:#fff\">bleek</p>')"
    )
    assert {"image-alt", "color-contrast"} <= {rule for rule, *_ in violations(page)}


def test_axe_finds_nothing_in_what_is_for_professionals(page: Page, professional_server: str) -> None:
    refuse_flaws(page, f"{professional_server}/definities")
    refuse_flaws(page, f"{professional_server}/bescherming?indicator=mh_slachtoffers")
    page.get_by_text("Alle tabellen van deze indicator").click()
    page.get_by_text("Regio, jaar, naar sector").wait_for()
    assert violations(page) == []


def test_the_page_on_protection_is_reached_from_definitions_and_not_from_the_navigation(page: Page, professional_server: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    visit(page, f"{professional_server}/definities")
    navigation = page.locator("[data-testid=stHeader]").inner_text()
    assert "Definities" in navigation
    assert "Bescherming" not in navigation
    page.get_by_role("link", name="Hoe wij personen beschermen").click()
    page.get_by_role("heading", name="Bescherming van personen").wait_for()
    assert "/bescherming" in page.url


@pytest.mark.parametrize("width", [1400, 320])
def test_axe_finds_nothing_in_the_open_choice_of_downloads(width: int, page: Page, server: str) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    visit(page, f"{server}/mensenhandel?gebied=GM0503")
    open_downloads(page)
    page.get_by_test_id("stPopoverBody").get_by_text("Een kaart of grafiek die u nu ziet", exact=True).click()
    page.get_by_text("Welke kaart of grafiek").wait_for()
    assert violations(page) == []


def test_a_keyboard_downloads_on_a_small_telephone(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    visit(page, f"{server}/mensenhandel")
    wait_until_quiet(page)
    page.get_by_role("button", name="Cijfers downloaden").press("Enter")
    body = page.get_by_test_id("stPopoverBody")
    body.get_by_role("button", name="Downloaden", exact=True).wait_for()
    page.wait_for_function("document.activeElement.dataset.testid === 'stPopoverBody'")
    for _ in range(3):
        page.keyboard.press("Tab")
    chosen = page.evaluate(
        "(({top, bottom}) => [document.activeElement.innerText, top >= 0 && bottom <= innerHeight])(document.activeElement.getBoundingClientRect())"
    )
    assert chosen == ["Downloaden", True]
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".xlsx")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.dataset.testid === 'stPopoverButton'")
