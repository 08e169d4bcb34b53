"""The page Opvang in a real browser: the way there, and axe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

from tests.app.browsing import refuse_flaws, violations, visit
from tests.app.conftest import running
from tests.app.shelter_fixture import write_release_with_shelter

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shelter_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard with a release that has figures of shelter."""
    data_dir = tmp_path_factory.mktemp("with_shelter")
    write_release_with_shelter(data_dir)
    with running(data_dir, tmp_path_factory.mktemp("server")) as address:
        yield address


def test_axe_finds_nothing_also_with_the_tables_open(page: Page, shelter_server: str) -> None:
    refuse_flaws(page, f"{shelter_server}/opvang")
    page.get_by_text("Alle perioden in tabellen").click()
    page.get_by_text("Bedden op de laatste dag").wait_for()
    assert violations(page) == []


def test_it_is_reached_from_mensenhandel_and_not_from_the_navigation(page: Page, shelter_server: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    visit(page, f"{shelter_server}/mensenhandel")
    navigation = page.locator("[data-testid=stHeader]")
    assert "Verkenner" in navigation.inner_text()
    assert "Opvang" not in navigation.inner_text()
    assert navigation.get_by_role("link").count() <= 8
    page.get_by_role("link", name="Opvang: bedden").click()
    page.get_by_role("heading", name="Opvang", exact=True).wait_for()
    assert page.url.endswith("/opvang")
    page.get_by_role("link", name="In de Verkenner bekijken en downloaden").first.click()
    page.get_by_role("heading", name="Verkenner").wait_for()
    assert "indicator=mh_bedden_bezetting" in page.url
