"""What the werkgroep is told of a report: may it be published, lights, questions, history. Without a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.access import rights_of
from app.decisions import Decision, Decisions, mark, read_decisions, record, report_mark, sign
from app.identity import Reader
from app.release import Release
from app.review import Past, Report
from app.werkgroep import history, parts, questions, sections, standing
from app.werkgroep.meeting import meet
from tests.app.findings_fixture import COPIED, LATE, NEWEST, QUALITY, QUARTER, THOUSANDS, UNIT, write_newest

WERKGROEP = Reader("0123456789abcdef", rights_of(["werkgroep"]), "aangemeld")
COLLEAGUE = Reader("fedcba9876543210", rights_of(["werkgroep"]), "aangemeld")


NOT_RUN = UNIT | {"id": "not_run:leveringen", "sentence": "De toets kon niet worden uitgevoerd."}


def report(*findings: dict[str, Any], verdict: str = "let op") -> Report:
    return Report("2026-11-29T08:00:00", verdict, findings)


def decided(finding: dict[str, Any], decision: Decision, text: str = "Omdat het klopt.", at: str = "2026-11-20T10:00:00+00:00") -> dict[str, Any]:
    about = {name: finding.get(name) for name in ("severity", "partner", "sentence")}
    return {"kind": "besluit", "finding": finding["id"], "decision": decision, "text": text, "at": at, "role": "werkgroep", "by": "demo", "about": about}


def signature(*findings: dict[str, Any]) -> dict[str, Any]:
    marks = {one["id"]: mark(one) for one in findings}
    return {"kind": "ondertekening", "report": report_mark(findings), "findings": marks, "at": "2026-11-28T10:00:00+00:00", "role": "werkgroep", "by": "demo"}


@pytest.mark.parametrize(
    ("findings", "verdict", "decisions", "kind", "said"),
    [
        ((), "goed", Decisions(), "goed", "Ja. Er zijn geen fouten gevonden."),
        ((LATE,), "let op", Decisions(), "goed", "Lees wel de waarschuwingen."),
        ((), "fout", Decisions(), "fout", "noemt geen bevinding"),
        ((UNIT, QUARTER), "fout", Decisions(), "fout", "Over 2 fouten moet de werkgroep nog besluiten"),
        ((UNIT, QUARTER), "fout", Decisions((decided(UNIT, "akkoord"),)), "fout", "Over 1 fout moet"),
        ((UNIT,), "fout", Decisions((decided(UNIT, "toelichting"),)), "fout", "Over 1 fout moet"),
        ((UNIT,), "fout", Decisions((decided(UNIT, "akkoord"), decided(UNIT, "toelichting"))), "let-op", "Alleen de handtekening"),
        ((UNIT,), "fout", Decisions((decided(UNIT, "akkoord"), decided(UNIT, "vraag aan partner"))), "fout", "Over 1 fout moet"),
        ((UNIT,), "fout", Decisions((decided(UNIT, "uitgesloten"),)), "let-op", "Alleen de handtekening"),
        ((UNIT,), "fout", Decisions((decided(UNIT, "akkoord"), signature(UNIT))), "goed", "getekend op 28 november 2026"),
        ((UNIT, LATE), "fout", Decisions((decided(UNIT, "akkoord"), signature(UNIT))), "goed", "getekend op 28 november 2026"),
        ((UNIT | {"sentence": "Erger."},), "fout", Decisions((decided(UNIT, "akkoord"), signature(UNIT))), "let-op", "Alleen de handtekening"),
        ((NOT_RUN, UNIT), "fout", Decisions((decided(UNIT, "akkoord"),)), "fout", "Nee, nog niet. 1 toets is niet uitgevoerd"),
        ((), "goed", Decisions((), "Het bestand klopt niet."), "fout", "Nee. Het bestand klopt niet."),
    ],
)
def test_the_first_sentence_says_whether_the_figures_may_be_published(
    findings: tuple[dict[str, Any], ...], verdict: str, decisions: Decisions, kind: str, said: str
) -> None:
    found = standing.publication(report(*findings, verdict=verdict), decisions)
    assert found[0] == kind
    assert said in found[1]


def test_one_screen_counts_findings_decisions_and_deliveries_on_time(release: Release) -> None:
    said = dict(standing.summary(report(UNIT, QUARTER, LATE), release, Decisions((decided(UNIT, "akkoord"),))))
    assert said["Gevonden"] == "2 fouten en 1 waarschuwing."
    assert said["Besloten"] == "Over 1 van de 3 is een besluit vastgelegd. 1 fout houdt de publicatie tegen."
    assert said["Op tijd"].startswith("6 van de 7 leveringen zijn op tijd.")
    late = standing.late_deliveries(report(LATE), release)
    assert late == [("Trainingen, bijeenkomsten en campagnes (RSIV)", "verwacht uiterlijk 31 oktober 2026")]


def test_the_gravest_partner_comes_first_with_its_reason_in_words() -> None:
    second = UNIT | {"id": "other", "severity": "let op", "sentence": "Klein."}
    found = standing.lights([second, LATE, UNIT], standing.partner_of, Decisions((decided(UNIT, "akkoord"),)))
    assert [(light.name, light.colour.word, light.reason, light.decisions) for light in found] == [
        ("CoMensha", "Rood", f"{THOUSANDS} (en nog 1)", "nog 1 te besluiten"),
        ("RSIV", "Oranje", LATE["sentence"], "nog 1 te besluiten"),
    ]


def test_a_light_has_a_sign_and_a_word_beside_its_colour() -> None:
    html = parts.lights(standing.lights([UNIT, LATE], standing.partner_of, Decisions()), "Partner", "Rustig.")
    assert all(f'<span aria-hidden="true">{light.sign}</span> {light.word}' in html for light in (standing.LIGHTS["fout"], standing.LIGHTS["waarschuwing"]))
    assert len({(light.sign, light.word) for light in standing.LIGHTS.values()}) == 3


def test_open_questions_stand_by_their_age_and_those_of_findings_that_are_gone_are_counted() -> None:
    entries = (
        decided(UNIT, "vraag aan partner", "In duizendtallen?", "2026-11-20T10:00:00+00:00"),
        decided(LATE, "vraag aan partner", "Wanneer?", "2026-10-01T10:00:00+00:00"),
        decided(QUARTER, "vraag aan partner", "Oud bestand?"),
        decided(QUARTER, "akkoord"),
        decided(UNIT | {"id": "weg"}, "vraag aan partner", "Nog?"),
    )
    decisions, newest = Decisions(entries), report(UNIT, LATE, QUARTER)
    found = questions.open_questions(newest, decisions, dt.date(2026, 11, 29))
    assert [(one.partner, one.age, one.text) for one in found] == [("RSIV", "59 dagen", "Wanneer?"), ("CoMensha", "9 dagen", "In duizendtallen?")]
    assert "1 eerdere vraag is vervallen" in parts.questions(found, decisions.stale(newest.findings))


def past(release_id: str, *findings: dict[str, Any], late: int = 0) -> Past:
    return Past(
        release_id, True, Report(f"{release_id[:10]}T10:00:00", "let op", findings, release_id), (("RSIV", "te laat"),) * late + (("RSIV", "op tijd"),) * 4
    )


def test_what_stands_long_without_a_decision_says_since_when() -> None:
    before = [past("2026-08-01T1000-aa11", UNIT), past("2026-09-01T1000-aa11", UNIT, LATE), past("2026-10-01T1000-aa11", LATE, QUARTER)]
    found = questions.long_undecided(report(UNIT, LATE, QUARTER), Decisions((decided(QUARTER, "akkoord"),)), before)
    assert [(one.sentence, one.since[:10], one.reports) for one in found] == [(LATE["sentence"], "2026-09-01", 3)]


def test_the_history_counts_findings_and_deliveries_on_time_per_partner_and_release() -> None:
    both = [past("2026-08-01T1000-aa11", UNIT, late=1), past("2026-09-01T1000-aa11", LATE)]
    assert [history.counts(one, "CoMensha")["fout"] for one in both] == [1, 0]
    assert [history.on_time(one, "RSIV") for one in both] == [(4, 5), (4, 4)]
    drawing = history.draw_on_time(both, "RSIV")
    assert drawing.spec is not None
    assert [row["getal"] for row in drawing.spec["data"]["values"]] == [80, 100]
    assert "1 september 2026" in drawing.table
    assert "0 van 0" not in history.draw_on_time(both, "CoMensha").title
    assert history.draw_on_time(both, "CoMensha").warnings == ("Van deze partner zijn er geen leveringen.",)
    table = history.matrix(both)
    assert '<td class="km-licht-rood" title="1 fout; 0 van 0 leveringen op tijd">' in table
    assert "■ 1<br>" in table
    assert history.matrix([]) == ""


def test_a_meeting_reads_findings_decisions_and_history_at_one_moment(own_copy: Path, release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(own_copy))
    write_newest(own_copy)
    record(WERKGROEP, UNIT, "akkoord", "")
    record(COLLEAGUE, UNIT, "uitgesloten", "In duizendtallen.")
    record(COLLEAGUE, UNIT | {"id": "weg"}, "akkoord", "")
    record(COLLEAGUE, QUARTER, "akkoord", "")
    sign(WERKGROEP, NEWEST["findings"])
    meeting = meet(release, WERKGROEP.rights)
    assert [entry["finding"] for entry in meeting.stale] == ["weg"]
    assert meeting.no_changes.startswith("Dit is de eerste release")
    both = parts.decided(meeting.decisions.by_finding[UNIT["id"]], UNIT["sentence"])
    assert both.index("Uitgesloten</strong> (dit telt)") < both.index("Akkoord")
    assert "Toen luidde" in parts.decided(meeting.decisions.by_finding[UNIT["id"]], COPIED)
    assert WERKGROEP.subject in parts.signed(read_decisions(), NEWEST["findings"])
    assert "nog niemand" in parts.signed(read_decisions(), QUALITY["findings"])
    assert "Nog geen besluit" not in parts.to_sign(meeting.decisions, meeting.report.findings)
    partners, indicators = sections.lights(meeting)
    assert "● Groen, zonder bevindingen: 2 partners." in partners[1]
    assert "Registraties online criminaliteit" not in indicators[1]
