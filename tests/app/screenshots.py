"""`make screenshots`: the pages as readers see them, for the README. Needs a published release that is synthetic (`make run` makes one)."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.app.browsing import visit
from tests.app.release_fixture import PROJECT
from tests.app.running import running

FOLDER = PROJECT / ".docs"
PAGES = {
    "overzicht": "",
    "mijn_gemeente": "mijn-gemeente?gebied=GM0503",
    "verkenner": "verkenner?indicator=alg_misdrijven&gebieden=DH,E,GM0503",
    "samenwerking": "samenwerking",
    "leveringen": "leveringen",
}


def main() -> int:
    """Writes one picture per page into .docs/; returns 1 when there is nothing to show."""
    from playwright.sync_api import sync_playwright

    data = Path(os.environ.get("KETENMONITOR_DATA_DIR") or "data").resolve()
    if not (data / "releases" / "current").is_file():
        print("there is no release to show: run `make run` first, or set KETENMONITOR_DATA_DIR", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, running(data, Path(folder), "--demo") as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL").new_page()
        for name, path in PAGES.items():
            visit(page, f"{address}/{path}")
            page.wait_for_timeout(500)  # fonts and the last chart
            if name == "verkenner":  # its charts stand below the choices
                page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 420)")
                page.wait_for_timeout(300)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f".docs/{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
