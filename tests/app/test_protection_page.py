"""The page on the protection of persons, as professionals and the public see it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import foot, protection
from app.release import Release
from tests.app.conftest import page_html
from tests.app.release_fixture import RELEASE_ID

OpenPage = Callable[..., AppTest]


def links(app: AppTest) -> list[str]:
    """The pages that a page links to, without the link to the meldroutes above it and those at its foot."""
    return [link.proto.page for link in app.get("page_link")][1 : -len(foot.LINKS)]


def test_a_professional_reads_policy_of_both_audiences_and_its_exception(demo: None, open_page: OpenPage) -> None:
    html = page_html(open_page("bescherming"))
    assert [one for one in ("Een aantal personen onder 5 is geheim", "Een aantal personen onder 10 is geheim") if one not in html] == []
    assert "Dit geldt voor 4 indicatoren over personen." in html
    assert "Dit geldt voor 3 indicatoren over personen." in html
    assert "Uitzondering voor Geregistreerde (mogelijke) slachtoffers mensenhandel." in html
    assert "naar nationaliteitsgroep en 0-17 (van leeftijdsgroep)" in html
    assert "heeft dit nog niet bevestigd" in html


def test_the_address_chooses_the_indicator_of_which_the_tables_are_shown(demo: None, open_page: OpenPage) -> None:
    app = open_page("bescherming", indicator="oc_registraties")
    assert app.selectbox(key="indicator").value == "oc_registraties"
    tables, indicators = (table.value for table in app.table)
    assert tables.index[0] == "Regio, jaar, zonder uitsplitsing"
    assert tables.loc["Regio, maand, naar delictsoort"].tolist()[2:] == [r"54 van 54 \(100%\)", "heel geheim"]
    assert "Registraties online criminaliteit" in indicators.index
    app.selectbox(key="indicator").set_value("ja_verdachten_12_23").run()
    assert app.query_params["indicator"] == "ja_verdachten_12_23"


def test_an_unknown_indicator_in_the_address_gives_the_first_and_says_so(demo: None, open_page: OpenPage) -> None:
    html = page_html(open_page("bescherming", indicator="<script>"))
    assert "Het adres noemt een onbekende waarde voor indicator" in html
    assert "<script>" not in html


def test_what_the_proof_covers_and_what_not_and_how_to_check_it_stand_on_the_page(demo: None, open_page: OpenPage) -> None:
    html = page_html(open_page("bescherming"))
    assert all(limit in html for limit in protection.NOT_COVERED)
    assert protection.ATTACKERS["buitenstaander"] in html
    assert f"check_worlds.py releases/{RELEASE_ID}/publiek/proof" in html
    assert "ketenmonitor releases verify" in html


def test_the_page_reads_no_figure(demo: None, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    def refuse(release: Release, indicator_id: str) -> None:
        raise AssertionError("a figure was read")

    monkeypatch.setattr(Release, "values_of", refuse)
    assert not open_page("bescherming").exception


def test_a_release_of_before_there_were_tables_in_the_certificate_is_explained_all_the_same(demo: None, own_copy: Path, open_page: OpenPage) -> None:
    folder = own_copy / "releases" / RELEASE_ID
    manifest = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    for audience in protection.READERS:
        (folder / audience / "certificate.json").write_text("{}", encoding="utf-8")
        manifest["files"][f"{audience}/certificate.json"] = hashlib.sha256(b"{}").hexdigest()
    (folder / "release.json").write_text(json.dumps(manifest), encoding="utf-8")
    app = open_page("bescherming")
    assert not app.exception
    assert "Deze release zegt niet hoeveel cijfers geheim zijn." in page_html(app)


def test_the_public_reads_for_whom_the_page_is_and_nothing_of_the_certificate(open_page: OpenPage) -> None:
    app = open_page("bescherming", indicator="mh_slachtoffers")
    html = page_html(app)
    assert "Deze pagina is voor de werkgroep, privacyfunctionarissen en de beheerder" in html
    assert "Definities, onder Tekens" in html
    assert links(app) == ["definities"]
    assert (len(app.table), len(app.selectbox), len(app.header)) == (0, 0, 0)
    assert "tabellen" not in html


def test_the_definitions_link_to_the_page_for_who_may_see_it(demo: None, open_page: OpenPage) -> None:
    assert links(open_page("definities")) == ["bescherming"]


def test_the_definitions_do_not_link_to_it_for_the_public(open_page: OpenPage) -> None:
    assert links(open_page("definities")) == []
