"""The pack of a meeting: one file that opens and prints anywhere, the same for equal data, and only for the werkgroep."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from app import access
from app.access import rights_of
from app.decisions import record
from app.download_menu import NotAllowed, take_along
from app.identity import Reader
from app.release import Release, open_release
from app.werkgroep import pack
from app.werkgroep.meeting import Meeting, meet
from tests.app.browsing import violations
from tests.app.findings_fixture import COPIED, NEWEST, OLDER, QUALITY, QUARTER, THOUSANDS, UNIT, copy_release, write_newest
from tests.app.release_fixture import NOTE, RELEASE_ID

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WERKGROEP = Reader("0123456789abcdef", rights_of(["werkgroep"]), "aangemeld")
EVIL = '<script>alert(1)</script> "; } body { display: none'


@pytest.fixture(scope="module")
def data(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases, a newest run with errors, and decisions."""
    folder = tmp_path_factory.mktemp("pack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KETENMONITOR_DATA_DIR", str(folder))
        shutil.copytree(published / "releases", folder / "releases")
        copy_release(folder / "releases" / RELEASE_ID, OLDER, QUALITY)
        remarks = [UNIT | {"id": f"remark:{number}", "severity": "let op", "sentence": f"Opmerking {number}. {EVIL}"} for number in range(12)]
        write_newest(folder, NEWEST | {"findings": [*NEWEST["findings"], *remarks]})
        record(WERKGROEP, UNIT, "uitgesloten", f"Onbruikbaar. {EVIL}")
        record(WERKGROEP, QUARTER, "vraag aan partner", "Oud bestand?")
    return folder


@pytest.fixture
def meeting(data: Path, release: Release, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """That meeting, read anew."""
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(data))
    return meet(release, WERKGROEP.rights)


@pytest.fixture(scope="module")
def content(data: Path, published: Path) -> bytes:
    """The pack of that meeting."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KETENMONITOR_DATA_DIR", str(data))
        return pack.make_pack(meet(open_release(None), WERKGROEP.rights))


def test_equal_data_give_equal_bytes_named_by_the_day_of_the_report(meeting: Meeting, content: bytes) -> None:
    assert pack.make_pack(meeting) == content
    assert pack.file_name(meeting.report) == "werkgroep-2026-11-29.html"


def test_the_pack_asks_nothing_of_anybody_and_holds_no_script(content: bytes) -> None:
    text = content.decode()
    assert not re.findall(r"<script|<link|<iframe|@import|url\(|javascript:|\son\w+=", text)
    assert not [source for source in re.findall(r"(?:src|href)=\"([^\"]*)", text) if not source.startswith(("data:image/svg+xml;base64,", "#"))]
    assert "default-src 'none'" in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_pack_holds_all_that_a_meeting_decides_on(content: bytes) -> None:
    text = content.decode()
    wanted = (NOTE, THOUSANDS, COPIED, "Opmerking 11.", "Oud bestand?", "dit telt", f"met de vorige, {OLDER}", "Handtekening")
    assert [said for said in wanted if said not in text] == []
    assert [f'href="#{code}"' in text and f'id="{code}"' in text for code, _ in pack.AGENDA] == [True] * 7
    assert text.count("<figure>") == text.count("data:image/svg+xml;base64,") == 2


def test_who_lost_the_role_takes_no_pack_along_and_the_log_tells(data: Path, release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(data))
    clicked = take_along(release, "", "html", "werkgroep", lambda: b"pack", may=lambda rights: rights.signing)
    with pytest.raises(NotAllowed):
        clicked()
    monkeypatch.setattr(access, "_settings", [access.Settings(demo=True)])
    assert take_along(release, "", "html", "werkgroep", lambda: b"pack", may=lambda rights: rights.signing)() == b"pack"
    log = (data / "access" / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    assert [word for line in log[-2:] for word in ("geweigerd", "download") if word in line] == ["geweigerd", "download"]


@pytest.fixture(scope="module")
def tab(browser: Browser, content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The pack as somebody opens it from a folder; it may ask for nothing."""
    path = tmp_path_factory.mktemp("opened") / "werkgroep.html"
    path.write_bytes(content)
    page = browser.new_page(viewport={"width": 1000, "height": 1000})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    yield page
    page.close()


@pytest.mark.browser
def test_axe_finds_nothing_in_the_pack(tab: Page) -> None:
    assert violations(tab) == []


@pytest.mark.browser
def test_the_pack_prints_on_a4_with_a_head_on_each_page_and_nothing_cut_off(tab: Page) -> None:
    tab.set_viewport_size({"width": 680, "height": 1000})  # what A4 leaves between the margins
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 680
    pages = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages
    assert 5 <= len(pages) <= 12
    assert {(int(one.mediabox.width), int(one.mediabox.height)) for one in pages} <= {(594, 841), (595, 841), (595, 842)}
    texts = [" ".join(unicodedata.normalize("NFKC", one.extract_text()).split()) for one in pages]  # without ligatures
    assert [text[:80] for text in texts if "Werkgroep Ketenmonitor, 29 november 2026" not in text or "Synthetische voorbeeldgegevens" not in text] == []
    assert [number for number, text in enumerate(texts, 1) if f"bladzijde {number} van {len(pages)}" not in text] == []
    whole = " ".join(texts)
    assert [said for said in (THOUSANDS, COPIED, "Opmerking 11.", "7. Ondertekenen", "Handtekening") if said not in whole] == []
