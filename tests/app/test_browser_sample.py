"""Every page in a browser on the whole sample, as `make run` shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.browsing import visit
from tests.app.running import running
from tests.app.test_browser import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def sample_server(sample_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo on the release of the sample."""
    with running(sample_run, tmp_path_factory.mktemp("server"), "--demo") as address:
        yield address


def test_every_page_shows_with_the_sample_and_asks_no_other_host(page: Page, sample_server: str) -> None:
    outside: list[str] = []
    inside = (sample_server, sample_server.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(inside) else outside.append(request.url))
    for path in (*PAGES, "datadocs?controle=leveringen"):
        visit(page, f"{sample_server}/{path}")
        text = page.inner_text("[data-testid=stMain]")
        assert "Synthetische voorbeeldgegevens" in text, path
        assert not [said for said in ("kan nu niet worden getoond", "bevat iets wat er niet in hoort") if said in text], path
    assert outside == []
