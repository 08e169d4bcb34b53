"""Role by page, download and cache, signed in at a real provider: nobody is sent a figure that is not theirs.

In the release of these tests every gemeente and district has a figure of its own for professionals, and the public sees none of them. So whose
figures a reader was sent is read from the bytes themselves.
"""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.app.findings_fixture import SUM
from tests.app.release_fixture import write_release
from tests.app.roles_fixture import AREAS, EVERYBODY, INDICATOR, SEES_ALL, SEES_PROTECTION, marks
from tests.app.socket_tab import Tab, sign_in

PAGES = [
    ("", ""),
    ("", "gebied=GM0518"),
    ("mensenhandel", f"indicator={INDICATOR}&kaart=gemeente"),
    ("mensenhandel", f"indicator={INDICATOR}&kaart=district&gebied=GM0518"),
    ("mijn-gemeente", "gebied=GM0503"),
    ("mijn-gemeente", "gebied=GM0518"),
    ("mijn-gemeente", "gebied=A"),
    ("verkenner", f"indicator={INDICATOR}&gebieden=GM0503,GM0518,A,E&kaart=gemeente"),
    ("verkenner", f"indicator={INDICATOR}&gebieden=GM0534,B,C,D,F&kaart=district"),
    ("opvang", ""),
    ("leveringen", ""),
    ("toegankelijkheid", ""),
    ("online-criminaliteit", ""),
    ("jonge-aanwas", ""),
    ("samenwerking", ""),
    ("datakwaliteit", ""),
    ("definities", ""),
    ("bescherming", ""),
    ("wijzigingen", ""),
    ("werkgroep", ""),
    ("datadocs", ""),
]


def enter(place: str, name: str) -> Tab:
    browser = httpx.Client(timeout=60)
    if name:
        sign_in(browser, place, name)
    return Tab(place, browser)


def theirs(name: str) -> set[str]:
    """The areas whose figure a reader may have."""
    everything = {row["area_code"] for row in AREAS}
    return everything if name in SEES_ALL else {"GM0503", "E"} if name == "delft" else set()


@pytest.mark.parametrize("name", ["professional", "", *EVERYBODY, "vreemd"])
def test_nobody_is_sent_a_figure_that_is_not_theirs_on_any_page(name: str, place: str) -> None:
    tab, seen = enter(place, name), set[str]()
    for page, query in PAGES:
        sent = tab.open(page, query)
        assert b"kan nu niet worden getoond" not in sent, (page, query)
        assert marks(sent) <= theirs(name), (page, query)
        seen |= marks(sent)
    assert seen == theirs(name)


@pytest.mark.parametrize("name", ["professional", "", *EVERYBODY])
@pytest.mark.parametrize("figures", ["De cijfers die u nu ziet", "Alle cijfers van deze indicator"])
def test_a_download_holds_what_the_reader_may_see_and_is_logged(name: str, figures: str, place: str, unlike: Path) -> None:
    tab = enter(place, name)
    tab.open("mensenhandel", f"indicator={INDICATOR}&kaart=gemeente")
    tab.choose("Wat wilt u downloaden?", figures)
    tab.choose("Soort bestand", "CSV voor Nederlands Excel")
    content = tab.download()
    assert content is not None
    level = {code for code in theirs(name) if code.startswith("GM")} if figures.startswith("De cijfers") else theirs(name)
    assert marks(content) == level
    entry = json.loads((unlike / "access" / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (entry["event"], entry["file"], bool(entry["subject"])) == ("download", "excel_csv", bool(name))


@pytest.mark.parametrize("name", ["", *EVERYBODY])
def test_full_findings_and_their_checks_are_for_their_roles_and_a_refusal_is_logged(name: str, place: str, unlike: Path) -> None:
    tab = enter(place, name)
    for page, title, readers in (("werkgroep", b"Bevindingen en besluiten", {"werkgroep"}), ("datadocs", b"Elke controle", {"werkgroep", "privacy"})):
        sent = tab.open(page)
        assert (title in sent) == (name in readers), page
        assert (SUM.encode() in sent) == (page == "werkgroep" and name in readers)
        if name and name not in readers:
            last = json.loads((unlike / "access" / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
            assert (last["event"], last["page"]) == ("geweigerd", page)
    pages = next(message.navigation.app_pages for message in tab.sent if message.WhichOneof("type") == "navigation")
    assert [one.is_hidden for one in pages if one.url_pathname == "werkgroep"] == [name != "werkgroep"]


@pytest.mark.parametrize("name", ["", *EVERYBODY])
def test_how_persons_are_protected_is_for_its_roles_and_a_refusal_is_logged(name: str, place: str, unlike: Path) -> None:
    sent = enter(place, name).open("bescherming")
    assert (b"Zelf nagaan" in sent) == (name in SEES_PROTECTION)
    log = unlike / "access" / "audit.jsonl"
    last = json.loads(log.read_text(encoding="utf-8").splitlines()[-1]) if log.is_file() else {}
    if name and name not in SEES_PROTECTION:
        assert (last["event"], last["page"]) == ("geweigerd", "bescherming")


def test_who_is_withdrawn_loses_figures_at_the_next_run_and_a_waiting_download_at_its_click(place: str, unlike: Path) -> None:
    tab = enter(place, "analist")
    assert marks(tab.open("mensenhandel", f"indicator={INDICATOR}&kaart=gemeente"))
    subject = json.loads((unlike / "access" / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])["subject"]
    store = unlike / "access" / "withdrawn.jsonl"
    store.write_text(json.dumps({"action": "withdraw", "subject": subject}) + "\n", encoding="utf-8")
    try:
        assert tab.download() is None
        sent = tab.rerun()
        assert marks(sent) == set()
        assert b"Uw toegang is ingetrokken" in sent
    finally:
        store.unlink()


def test_signing_out_in_one_tab_ends_the_other_and_the_copied_cookie(place: str) -> None:
    browser = httpx.Client(timeout=60)
    sign_in(browser, place, "professional")
    first, second = Tab(place, browser), Tab(place, browser)
    assert marks(second.open("mensenhandel", f"indicator={INDICATOR}&kaart=gemeente"))
    first.open("mensenhandel")
    first.press("Afmelden")
    assert marks(second.rerun()) == set()
    assert marks(Tab(place, browser).open("mensenhandel", f"indicator={INDICATOR}&kaart=gemeente")) == set()


@pytest.mark.parametrize(
    "forge", [lambda value: value[:-2] + ("AA" if value[-2:] != "AA" else "BB"), lambda value: "eyJpc3MiOiJ4In0.x.y", lambda value: value + "x" * 2000]
)
def test_a_forged_cookie_gives_what_is_public(forge: object, place: str) -> None:
    browser = httpx.Client(timeout=60)
    sign_in(browser, place, "professional")
    cookie = next(one for one in browser.cookies.jar if one.name == "_streamlit_user")
    cookie.value = forge(str(cookie.value))  # type: ignore[operator]
    assert marks(Tab(place, browser).open("mensenhandel", f"indicator={INDICATOR}&kaart=gemeente")) == set()


def test_the_shared_address_survives_the_sign_in_and_no_name_is_kept(place: str, unlike: Path) -> None:
    landed = sign_in(httpx.Client(timeout=60), place, "delft", "mijn-gemeente?gebied=GM0503")
    assert landed == f"{place}/mijn-gemeente?gebied=GM0503"
    log = (unlike / "access" / "audit.jsonl").read_text(encoding="utf-8")
    assert "Naam van" not in log
    assert '"delft"' not in log


def test_a_reader_of_a_gemeente_is_told_whose_figures_stand_at_another_area(place: str) -> None:
    tab = enter(place, "delft")
    said = b"ziet u de cijfers die iedereen ziet. Uw rol geeft de cijfers voor professionals van Delft"
    for page in ("mensenhandel", "mijn-gemeente"):
        assert said in tab.open(page, "gebied=GM0518")
        assert said not in tab.open(page, "gebied=GM0503")
        assert said not in tab.open(page, "gebied=E")
    assert said not in enter(place, "professional").open("mensenhandel", "gebied=GM0518")
    assert said not in enter(place, "").open("mensenhandel", "gebied=GM0518")


def test_two_tabs_of_one_reader_can_show_two_releases_each_with_its_own_banner(place: str, unlike: Path) -> None:
    browser = httpx.Client(timeout=60)
    sign_in(browser, place, "professional")
    write_release(unlike, "2026-11-01T0900-aa11", point=False)
    old, new = Tab(place, browser), Tab(place, browser)
    assert b"U bekijkt een andere release dan de huidige" in old.open("mensenhandel", "release=2026-11-01T0900-aa11")
    assert b"U bekijkt een andere release dan de huidige" not in new.open("mensenhandel")
    assert b"2026-11-01T0900-aa11, gemaakt op" in old.rerun()
    assert b"2026-11-01T0900-aa11, gemaakt op" not in new.rerun()
