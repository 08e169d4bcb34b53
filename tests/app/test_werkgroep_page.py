"""The page of the werkgroep: who sees it, deciding, signing, and what is shown of a broken file or a hostile text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest
from streamlit.testing.v1 import AppTest

from app.access import rights_of
from app.decisions import Decision, read_decisions, record
from app.identity import Reader
from tests.app.conftest import page_html
from tests.app.findings_fixture import COPIED, NEWEST, OLDER, QUALITY, QUARTER, SUM, THOUSANDS, UNIT, change_release, copy_release, write_newest
from tests.app.release_fixture import RELEASE_ID

OpenPage = Callable[..., AppTest]
COLLEAGUE = Reader("fedcba9876543210", rights_of(["werkgroep"]), "aangemeld")


@pytest.fixture
def data(own_copy: Path, demo: None) -> Path:
    """A data folder in which the newest run found two errors; every reader may decide."""
    write_newest(own_copy)
    return own_copy


def titles(app: AppTest) -> list[str]:
    """Findings on the page, each with its severity and decision."""
    return [expander.label.replace("\\", "") for expander in app.expander if expander.label[0] in "■▲●"]


def decide(app: AppTest, finding: str, decision: Decision | None, text: str = "") -> AppTest:
    key = f"besluit-{finding}"
    app.radio(key=f"{key}-keuze").set_value(decision)
    app.text_area(key=f"{key}-tekst").set_value(text)
    return app.button(key=f"{key}-knop").click().run()


def test_others_read_for_whom_the_page_is_and_no_finding(own_copy: Path, open_page: OpenPage) -> None:
    write_newest(own_copy)
    html = page_html(open_page("werkgroep"))
    assert "Deze pagina is voor de leden van de werkgroep" in html
    assert not [sentence for sentence in (THOUSANDS, COPIED, SUM) if sentence in html]


def test_the_page_tells_in_order_what_a_meeting_must_decide_on(data: Path, open_page: OpenPage) -> None:
    app = open_page("werkgroep")
    assert [one.value for one in app.header] == [
        "Mag dit worden gepubliceerd?",
        "Stoplichten",
        "Wat is er veranderd, en waardoor?",
        "Open vragen aan partners",
        "Kwaliteit door de tijd",
        "Bevindingen en besluiten",
        "Ondertekenen",
    ]
    html = page_html(app)
    assert "Nee, nog niet. Over 2 fouten moet de werkgroep nog besluiten" in html
    assert "6 van de 7 leveringen zijn op tijd" in html
    assert titles(app)[0] == f"■ Fout, nog geen besluit: {COPIED}"
    assert "Ondertekenen kan nog niet. Over 2 fouten" in html
    assert not [one.key for one in app.button if one.key == "ondertekenen-knop"]


def test_every_error_is_decided_and_then_the_report_is_signed(data: Path, open_page: OpenPage) -> None:
    app = decide(open_page("werkgroep"), UNIT["id"], "uitgesloten", "In duizendtallen geleverd.")
    assert "Uw besluit is vastgelegd." in page_html(app)
    assert app.text_area(key=f"besluit-{UNIT['id']}-tekst").value == ""
    app = decide(app, QUARTER["id"], "akkoord")
    app.button(key="ondertekenen-knop").click().run()
    html = page_html(app)
    assert "Uw handtekening is vastgelegd." in html
    assert "de werkgroep heeft getekend op" in html
    held = read_decisions()
    assert [entry["kind"] for entry in held.entries] == ["besluit", "besluit", "ondertekening"]
    assert set(held.entries[-1]["findings"]) == {UNIT["id"], QUARTER["id"]}
    log = [json.loads(line) for line in (data / "access" / "audit.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in log] == ["besluit"] * 3


@pytest.mark.parametrize(("decision", "said"), [(None, "Kies een van de besluiten"), ("uitgesloten", "Schrijf er in een zin bij waarom")])
def test_what_cannot_be_kept_says_why_and_keeps_what_was_typed(decision: Decision | None, said: str, data: Path, open_page: OpenPage) -> None:
    app = decide(open_page("werkgroep"), UNIT["id"], decision, "" if decision else "Bijna klaar.")
    assert said in page_html(app)
    assert app.text_area(key=f"besluit-{UNIT['id']}-tekst").value == ("" if decision else "Bijna klaar.")
    assert read_decisions().entries == ()


def test_of_two_who_decide_at_once_both_decisions_are_kept_and_shown(data: Path, open_page: OpenPage) -> None:
    app = open_page("werkgroep")
    record(COLLEAGUE, UNIT, "akkoord", "Ik vind het goed.")
    app = decide(app, UNIT["id"], "vraag aan partner", "Klopt dit?")
    html = page_html(app)
    assert "Vraag aan partner</strong> (dit telt): Klopt dit?" in html
    assert "Akkoord: Ik vind het goed." in html
    assert COLLEAGUE.subject in html


def test_a_report_that_was_renewed_under_a_reader_is_not_signed(data: Path, open_page: OpenPage) -> None:
    for finding in (UNIT, QUARTER):
        record(COLLEAGUE, finding, "akkoord", "")
    app = open_page("werkgroep")
    write_newest(data, NEWEST | {"created_at": "2026-11-30T08:00:00", "findings": [UNIT]})
    app.button(key="ondertekenen-knop").click().run()
    assert "Het rapport is intussen vernieuwd." in page_html(app)
    assert [entry["kind"] for entry in read_decisions().entries] == ["besluit", "besluit"]


def test_a_file_of_decisions_that_was_changed_by_hand_gives_a_red_note_and_no_form(data: Path, open_page: OpenPage) -> None:
    record(COLLEAGUE, UNIT, "akkoord", "Goed.")
    path = data / "decisions" / "decisions.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Goed.", "Fout."), encoding="utf-8")
    app = open_page("werkgroep")
    assert "Het bestand met besluiten klopt niet meer" in page_html(app)
    assert [one.key for one in app.button if one.key and "knop" in one.key] == []
    assert len(titles(app)) == 4


def test_decisions_on_findings_that_are_gone_are_kept_and_shown(data: Path, open_page: OpenPage) -> None:
    record(COLLEAGUE, UNIT | {"id": "weg", "sentence": "Dit stond er eerder."}, "toelichting", "Was zo.")
    app = open_page("werkgroep")
    assert [one.label for one in app.expander if "Vervallen" in one.label] == ["Vervallen besluiten (1)"]
    assert "Dit stond er eerder." in page_html(app)


def test_the_address_chooses_which_findings_stand_on_the_page(data: Path, open_page: OpenPage) -> None:
    record(COLLEAGUE, UNIT, "akkoord", "")
    assert titles(open_page("werkgroep", ernst="fout", besluit="zonder")) == [f"■ Fout, nog geen besluit: {COPIED}"]
    assert titles(open_page("werkgroep", partner="comensha")) == [f"■ Fout, akkoord: {THOUSANDS}"]
    assert len(titles(open_page("werkgroep", thema="mensenhandel"))) == 2


def test_unknown_choices_in_the_address_give_everything_and_are_not_repeated(data: Path, open_page: OpenPage) -> None:
    app = open_page("werkgroep", **dict.fromkeys(("ernst", "partner", "thema", "besluit", "bladzijde", "verloop"), "<script>"))
    html = page_html(app)
    assert not app.exception
    assert len(titles(app)) == 4
    assert "Het adres noemt een onbekende waarde voor" in html
    assert "<script>" not in html


def test_many_findings_stand_on_pages_of_their_own(data: Path, open_page: OpenPage) -> None:
    many = [UNIT | {"id": f"unit_changed:{number:02}", "sentence": f"Bevinding {number}."} for number in range(20)]
    write_newest(data, NEWEST | {"findings": many})
    assert len(titles(open_page("werkgroep"))) == 8
    assert titles(open_page("werkgroep", bladzijde="3"))[-1] == "■ Fout, nog geen besluit: Bevinding 19."


def test_what_a_text_holds_is_shown_as_text(data: Path, open_page: OpenPage) -> None:
    evil = "<img src=x onerror=alert(1)> [klik](http://kwaad.example) *schreeuw*"
    write_newest(data, NEWEST | {"findings": [UNIT | {"sentence": evil, "partner": "<b>CoMensha</b>", "area_code": "<i>", "period": "<u>"}]})
    record(COLLEAGUE, UNIT, "vraag aan partner", "<script>alert(2)</script>")
    html = page_html(open_page("werkgroep"))
    assert not [tag for tag in ("<img", "<script", "<b>CoMensha", "<i>", "<u>") if tag in html]
    assert "&lt;img src=x" in html


def test_what_changed_since_the_release_before_stands_with_its_reason(data: Path, open_page: OpenPage) -> None:
    entries = json.loads((data / "releases" / RELEASE_ID / "release.json").read_text(encoding="utf-8"))["catalogue"]
    copy_release(data / "releases" / RELEASE_ID, OLDER, QUALITY, catalogue=[one | {"version": "0.1.0"} for one in entries])
    html = page_html(open_page("werkgroep"))
    assert f"met de vorige, {OLDER}." in html
    assert "Geen enkel cijfer is veranderd." in html


def test_a_release_before_that_cannot_be_read_is_said_and_left_out(data: Path, open_page: OpenPage) -> None:
    older = copy_release(data / "releases" / RELEASE_ID, OLDER, QUALITY)
    for name in ("quality/quality.json", "professional/values.parquet"):
        (older / name).write_bytes(b"")
    app = open_page("werkgroep")
    html = page_html(app)
    assert not app.exception
    assert f"Niet te lezen, en daarom hier weggelaten: {OLDER}." in html
    assert "Met de vorige release kan niet worden vergeleken." in html


def test_where_no_report_can_be_read_the_page_says_so(data: Path, open_page: OpenPage) -> None:
    (data / "releases" / RELEASE_ID / "quality" / "quality.json").write_text("{}", encoding="utf-8")
    assert "Het rapport van de release die u bekijkt, kan niet worden gelezen." in page_html(open_page("werkgroep"))
    (data / "quality" / "quality.json").unlink()
    app = open_page("werkgroep")
    assert not app.exception
    assert "is veranderd nadat het werd gepubliceerd. Waarschuw de beheerder." in page_html(app)


DECIDED = MappingProxyType({"decision": "uitgesloten", "at": "2026-11-20T10:00:00+00:00", "role": "werkgroep", "text": "Onbruikbaar."})


def test_data_quality_shows_decisions_of_a_release_in_words_and_the_text_of_exclusions_alone(own_copy: Path, open_page: OpenPage) -> None:
    agreed = DECIDED | {"finding": "delivery_on_time", "decision": "akkoord", "text": "Alleen voor ons."}
    change_release(own_copy / "releases" / RELEASE_ID, {}, decisions=[DECIDED | {"finding": "regional_sum"}, agreed])
    app = open_page("datakwaliteit")
    assert app.table[0].value["Besluit"].tolist() == ["Akkoord, werkgroep, 20 november 2026", r"Uitgesloten, werkgroep, 20 november 2026\: Onbruikbaar."]


def test_data_quality_leads_to_decisions_and_checks_for_who_may_see_them(data: Path, open_page: OpenPage) -> None:
    pages = [link.proto.page for link in open_page("datakwaliteit").get("page_link")]
    assert {"werkgroep", "datadocs"} <= set(pages)
