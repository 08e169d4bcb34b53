"""The Verkenner in a real browser: address, keyboard, map click, files, axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

from app.downloads.columns import KEY
from app.downloads.formats import file_name
from app.explore import Exploration
from app.figures import Area
from app.release import Release
from tests.app.browsing import refuse_flaws, visit
from tests.app.reading import assert_same_figures, figures_of
from tests.app.test_browser import download, open_downloads

pytestmark = pytest.mark.browser


def test_areas_are_chosen_and_taken_away_by_keyboard(page: Page, server: str) -> None:
    visit(page, f"{server}/verkenner?indicator=mh_slachtoffers")
    field = page.get_by_role("combobox", name="Gebieden")
    field.click()
    page.keyboard.type("Delft")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "gebieden=DH" in address and address.count("%2C") == 1)
    page.keyboard.press("Escape")
    page.keyboard.press("Backspace")
    page.wait_for_url(lambda address: "gebieden" not in address)


def test_a_sixth_area_is_refused_in_dutch(page: Page, server: str) -> None:
    visit(page, f"{server}/verkenner?gebieden=DH,E,GM0503,GM0637,GM1783")
    page.get_by_role("combobox", name="Gebieden").click()
    page.get_by_text("U kunt er hoogstens 5 kiezen.").wait_for()
    page.keyboard.press("Escape")


def test_a_click_on_a_tile_adds_an_area_and_the_back_button_takes_it_away(page: Page, server: str) -> None:
    visit(page, f"{server}/verkenner?indicator=mh_slachtoffers&kaart=district")
    page.locator("svg [aria-label^='District E']").first.click(position={"x": 9, "y": 9})
    page.wait_for_url("**gebieden=DH%2CE*")
    page.get_by_text("Verloop in de regio en district E (Westland - Delft)").first.wait_for()
    page.go_back()
    page.get_by_text("Verloop in de regio, 2021").first.wait_for()


def test_what_is_downloaded_is_what_the_page_shows(page: Page, server: str, release: Release) -> None:
    visit(page, f"{server}/verkenner?indicator=mh_slachtoffers&gebieden=DH,E,GM0503&van=2022&tot=2024&kaart=district")
    open_downloads(page)
    indicator = next(one for one in release.indicators if one.id == "mh_slachtoffers")
    areas = tuple(Area(level, code, release.names[level, code]) for level, code in (("regio", "DH"), ("district", "E"), ("gemeente", "GM0503")))
    chosen = Exploration(areas, "jaar", "2022", "2024", "district")
    name, content = download(page, "De cijfers die u nu ziet", "CSV voor Nederlands Excel")
    assert name == file_name("excel_csv", release, indicator, chosen)
    assert_same_figures(figures_of(content, "excel_csv"), chosen.rows(release.values_of("mh_slachtoffers"), indicator).sort(KEY))


@pytest.mark.parametrize("choice", ["indicator=mh_slachtoffers&gebieden=DH,E,GM0503,GM0637,GM1783", "indicator=mh_slachtoffers_vorm&gebieden=DH,E"])
def test_axe_finds_nothing_and_a_narrow_screen_does_not_scroll_sideways(choice: str, page: Page, server: str) -> None:
    refuse_flaws(page, f"{server}/verkenner?{choice}")
    assert page.get_by_role("button", name="Remove").count() == 0
