"""Pages of an area and of working together in a real browser: found, printed, reached in two clicks, and taken along as a calendar."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

if TYPE_CHECKING:
    from playwright.sync_api import Page

from tests.app.browsing import refuse_flaws, violations, visit, wait_until_quiet
from tests.app.release_fixture import NOTE, RELEASE_ID

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "path",
    ["mijn-gemeente?gebied=GM0503", *(f"samenwerking?onderdeel={part}" for part in ("meldroutes", "menukaart", "partners", "acties"))],
)
def test_axe_finds_nothing_and_a_narrow_screen_does_not_scroll_sideways(path: str, page: Page, server: str) -> None:
    refuse_flaws(page, f"{server}/{path}")


def test_a_gemeente_is_found_by_another_name_and_its_page_prints_on_one_sheet(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    visit(page, f"{server}/mijn-gemeente")
    page.get_by_role("combobox").first.click()
    page.keyboard.type("Den Haag")
    page.keyboard.press("Enter")
    page.wait_for_url("**gebied=GM0518")
    page.get_by_text("ligt in Den Haag (A+B+C)").wait_for()
    page.evaluate("window.print = () => { window.geprint = true; }")
    page.get_by_role("button", name="Deze pagina afdrukken").click()
    assert page.evaluate("window.geprint")
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_two_clicks_from_any_page_lead_to_the_steps_of_a_suspicion(page: Page, server: str) -> None:
    for path in ("definities", "samenwerking?onderdeel=acties&thema=mensenhandel"):
        visit(page, f"{server}/{path}")
        page.get_by_role("link", name="Vermoeden? Lees wat u kunt doen").click()
        page.get_by_text("Iemand is opgelicht (voor inwoners)").click()
        page.get_by_text("Doe aangifte.").wait_for()
    assert violations(page) == []


def test_calendar_files_of_the_agenda_download_and_parse(page: Page, server: str) -> None:
    visit(page, f"{server}/samenwerking?onderdeel=menukaart")
    for label, days in (("Zet deze 2 in mijn agenda", ["2026-12-10", "2027-01-20"]), ("Zet in mijn agenda: Les Snel geld", ["2026-12-10"])):
        wait_until_quiet(page)
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label).click()
        assert re.fullmatch(rf"ketenmonitor_[a-z0-9_-]+_{RELEASE_ID}_synthetisch\.ics", waiting.value.suggested_filename)
        entries = Calendar.from_ical(Path(waiting.value.path()).read_bytes()).walk("VEVENT")
        assert [entry.decoded("DTSTART").isoformat() for entry in entries] == days
        assert all(NOTE in str(entry["DESCRIPTION"]) for entry in entries)
