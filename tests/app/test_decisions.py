"""Decisions of the werkgroep as the dashboard keeps them: all of them, in one sealed row, by who may decide alone."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.access import rights_of
from app.decisions import CannotDecide, read_decisions, record, sign
from app.identity import Reader

WERKGROEP = Reader("0123456789abcdef", rights_of(["werkgroep"]), "aangemeld")
COLLEAGUE = Reader("fedcba9876543210", rights_of(["werkgroep"]), "aangemeld")
UNIT = {
    "id": "regional_total_of_usual_size:mh_signalen:2026Q3",
    "severity": "fout",
    "dimension": "juistheid",
    "partner": "Politie",
    "delivery": "politie_mensenhandel",
    "indicator_id": "mh_signalen",
    "area_code": None,
    "period": "2026Q3",
    "sentence": "‘Signalen’ wijkt af.",
    "rows": 1,
}
LATE = UNIT | {"id": "delivery_on_time:halt_verwijzingen", "severity": "waarschuwing", "sentence": "De levering is te laat."}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path))
    return tmp_path


def test_every_decision_is_kept_and_the_last_one_counts() -> None:
    record(WERKGROEP, UNIT, "vraag aan partner", "Klopt  de\neenheid?")
    record(COLLEAGUE, UNIT, "uitgesloten", "Cijfers in duizendtallen.")
    held = read_decisions()
    assert [(entry["number"], entry["decision"], entry["by"], entry["text"]) for entry in held.by_finding[UNIT["id"]]] == [
        (1, "vraag aan partner", WERKGROEP.subject, "Klopt de eenheid?"),
        (2, "uitgesloten", COLLEAGUE.subject, "Cijfers in duizendtallen."),
    ]
    assert held.latest[UNIT["id"]]["decision"] == "uitgesloten"
    assert held.latest[UNIT["id"]]["about"]["sentence"] == UNIT["sentence"]


def test_of_many_who_decide_at_once_all_are_kept() -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: record(WERKGROEP, UNIT, "toelichting", f"Regel {number}"), range(24)))
    held = read_decisions()
    assert held.broken is None
    assert {entry["text"] for entry in held.entries} == {f"Regel {number}" for number in range(24)}


@pytest.mark.parametrize("roles", [[], ["professional"], ["gemeente:GM0503"], ["beheer"], ["privacy"]])
def test_who_is_not_of_the_werkgroep_decides_nothing(roles: list[str], data: Path) -> None:
    with pytest.raises(CannotDecide, match="Alleen de werkgroep"):
        record(Reader("0123456789abcdef", rights_of(roles), "aangemeld"), UNIT, "akkoord", "")
    assert not (data / "decisions" / "decisions.jsonl").exists()


def test_a_decision_says_why_and_not_at_great_length() -> None:
    for decision, text, reason in (
        ("uitgesloten", "  ", "Schrijf er in een zin bij"),
        ("toelichting", "x" * 1001, "langer dan 1000"),
        ("weggooien", "", "Kies een"),
    ):
        with pytest.raises(CannotDecide, match=reason):
            record(WERKGROEP, UNIT, decision, text)  # type: ignore[arg-type]
    record(WERKGROEP, UNIT, "akkoord", "")
    assert len(read_decisions().entries) == 1


def test_a_report_is_signed_once_every_grave_finding_is_settled() -> None:
    with pytest.raises(CannotDecide, match="1 × fout"):
        sign(WERKGROEP, [UNIT, LATE])
    record(WERKGROEP, UNIT, "vraag aan partner", "Klopt dit?")
    assert read_decisions().open([UNIT, LATE]) == [UNIT]
    record(WERKGROEP, UNIT, "akkoord", "")
    sign(WERKGROEP, [UNIT, LATE], "Vergadering van november")
    held = read_decisions()
    assert [entry["text"] for entry in held.signatures([LATE, UNIT])] == ["Vergadering van november"]
    assert list(held.entries[-1]["findings"]) == [UNIT["id"]]
    assert held.unsigned([UNIT]) == []  # the other finding was solved meanwhile
    worse = UNIT | {"sentence": "Het is nog erger."}
    assert (held.signatures([worse, LATE]), held.unsigned([worse, LATE])) == ([], [worse])


def test_a_check_that_did_not_run_cannot_be_agreed_with() -> None:
    not_run = UNIT | {"id": "not_run:leveringen:suite_runs"}
    with pytest.raises(CannotDecide, match="niet uitgevoerd"):
        record(WERKGROEP, not_run, "akkoord", "")
    assert read_decisions().open([not_run]) == [not_run]


def test_a_decision_on_a_finding_that_is_gone_is_kept_and_called_stale() -> None:
    record(WERKGROEP, UNIT, "akkoord", "")
    assert [entry["finding"] for entry in read_decisions().stale([LATE])] == [UNIT["id"]]
    assert read_decisions().stale([UNIT]) == []


@pytest.mark.parametrize("forge", ["a word", "a line away", "two in another order", "no JSON", "rewritten whole"])
def test_a_file_that_was_changed_by_hand_is_recognised_and_takes_nothing_more(forge: str, data: Path) -> None:
    for text in ("een", "twee", "drie"):
        record(WERKGROEP, UNIT, "toelichting", text)
    head = {name: read_decisions().entries[-1][name] for name in ("number", "hash")}
    path = data / "decisions" / "decisions.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    forged = {
        "a word": [lines[0], lines[1].replace("twee", "akkoord"), lines[2]],
        "a line away": [lines[0], lines[2]],
        "two in another order": [lines[1], lines[0], lines[2]],
        "no JSON": [*lines[:2], "{"],
        "rewritten whole": lines[:2],
    }
    path.write_text("".join(f"{line}\n" for line in forged[forge]), encoding="utf-8")
    # a file that was cut off, or written anew with seals that fit, holds in itself: what a release says of it tells
    held = read_decisions(head)
    assert held.broken is not None
    assert "past niet bij de regel ervoor" in held.broken
    if forge != "rewritten whole":
        with pytest.raises(CannotDecide, match="past niet bij de regel ervoor"):
            record(WERKGROEP, UNIT, "akkoord", "")


def test_every_decision_stands_in_the_audit_log_with_its_seal_and_without_its_text(data: Path) -> None:
    record(WERKGROEP, UNIT, "toelichting", "Dit gaat de lezer van het logboek niet aan.")
    (line,) = (data / "access" / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    logged = json.loads(line)
    assert (logged["event"], logged["subject"]) == ("besluit", WERKGROEP.subject)
    assert logged["hash"] == read_decisions().entries[0]["hash"]
    assert "gaat de lezer" not in line
