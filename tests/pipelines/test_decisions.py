"""Decisions by a form and signatures by command; the dashboard and the command line keep one file together."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from app import decisions as dashboard
from app.access import rights_of
from app.identity import Reader
from pipelines import decisions as pipeline
from pipelines.cli import app
from pipelines.decisions import DecisionsBroken, copy_decisions, decide, read_decisions
from pipelines.publication import publish_release
from pipelines.release import GateFailed
from pipelines.resources import Settings

ABOUT = {
    "dimension": "juistheid",
    "delivery": "politie_mensenhandel",
    "partner": "Politie",
    "indicator_id": "mh_signalen",
    "area_code": None,
    "period": "2026Q3",
}
GRAVE = {
    "id": "regional_total_of_usual_size:mh_signalen:2026Q3",
    "severity": "fout",
    "sentence": '‘Signalen’; een factor 5, volgens "de" regel.',
    "rows": 1,
} | ABOUT
SMALL = GRAVE | {"id": "delivery_on_time:politie_mensenhandel", "severity": "waarschuwing", "sentence": "Te laat."}
READER = Reader("0123456789abcdef", rights_of(["werkgroep"]), "aangemeld")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a report of two findings."""
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path))
    (tmp_path / "quality").mkdir()
    (tmp_path / "quality" / "quality.json").write_text(json.dumps({"verdict": "fout", "signed_by": [], "findings": [GRAVE, SMALL]}), encoding="utf-8")
    return tmp_path


def call(data: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--data-dir", str(data), *arguments])
    return result.exit_code, result.output


def fill(form: Path, **decided: tuple[str, str]) -> None:
    """Write decisions into a form, by the severity of the finding."""
    rows = list(csv.DictReader(form.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    for row in rows:
        row["besluit"], row["toelichting"] = decided.get(row["ernst"], ("", ""))
    with form.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_a_form_that_was_filled_in_is_kept_once_and_the_report_can_be_signed(data: Path) -> None:
    form = data / "form.csv"
    assert call(data, "decisions", "form", str(form)) == (0, f"2 finding(s) in {form}\n")
    assert call(data, "releases", "sign", "--role", "voorzitter")[0] == 1
    fill(form, fout=("uitgesloten", "Duizendtallen"))
    assert call(data, "decisions", "add", str(form), "--role", "werkgroep") == (0, "1 decision(s) kept\n")
    assert call(data, "decisions", "add", str(form), "--role", "werkgroep") == (0, "0 decision(s) kept\n")
    assert f"holds up publication: {GRAVE['id']}" in call(data, "decisions", "list")[1]
    assert call(data, "releases", "sign", "--role", "voorzitter", "--text", "november")[0] == 0
    fill(form, fout=("toelichting", "Besproken in november"))
    assert [call(data, "decisions", "add", str(form), "--role", "werkgroep")[1] for _ in range(2)] == ["1 decision(s) kept\n", "0 decision(s) kept\n"]
    listed = call(data, "decisions", "list")[1]
    assert "nothing holds up publication" in listed  # a remark leaves standing what was decided
    assert "voorzitter   ondertekening  1 fout  november" in listed
    assert call(data, "decisions", "form", str(form))[0] == 0
    assert "uitgesloten;Duizendtallen" in form.read_text(encoding="utf-8-sig")


def test_of_a_form_with_a_fault_nothing_is_kept(data: Path) -> None:
    form = data / "form.csv"
    for fault, said in (
        (("goedkeuren", ""), "'goedkeuren' is none of"),
        (("uitgesloten", ""), "needs a reason"),
        (("toelichting", "x" * 1001), "at most 1000"),
    ):
        call(data, "decisions", "form", str(form))
        fill(form, waarschuwing=("akkoord", ""), fout=fault)
        code, output = call(data, "decisions", "add", str(form), "--role", "werkgroep")
        assert (code, said in output) == (1, True)
    form.write_text("bevinding;besluit;toelichting\nfound_nowhere;akkoord;\n", encoding="utf-8")
    assert "line 2 is about a finding" in call(data, "decisions", "add", str(form), "--role", "werkgroep")[1]
    form.write_text("geen formulier", encoding="utf-8")
    assert "has no line, or not the columns" in call(data, "decisions", "add", str(form), "--role", "werkgroep")[1]
    assert not (data / "decisions" / "decisions.jsonl").exists()


def test_dashboard_and_command_add_to_one_file_and_read_each_other(data: Path) -> None:
    decide(data / "decisions", [(SMALL, "vraag aan partner", "Wanneer komt zij?")], role="werkgroep", by="opdrachtregel")
    dashboard.record(READER, GRAVE, "akkoord", "")
    dashboard.sign(READER, [GRAVE, SMALL])
    decide(data / "decisions", [(GRAVE, "toelichting", "Was zo afgesproken — echt. \u2028 Ja.")], role="werkgroep", by="opdrachtregel")
    theirs, ours = dashboard.read_decisions(), read_decisions(data / "decisions")
    assert theirs.broken is None
    assert theirs.entries == ours.entries
    assert (theirs.latest, theirs.open([GRAVE])) == (ours.latest, ours.unsettled([GRAVE]))
    assert ours.latest[GRAVE["id"]]["decision"] == "akkoord"  # a remark came after it
    for report in ([GRAVE, SMALL], [GRAVE], [SMALL], [GRAVE | {"sentence": "Erger."}, SMALL]):
        assert theirs.signatures(report) == ours.signatures(report)
    assert dashboard.DECISIONS == pipeline.DECISIONS


@given(st.fixed_dictionaries({"id": st.text(), "severity": st.sampled_from(["fout", "let op"]), "sentence": st.text()}))
def test_dashboard_and_command_sign_under_one_mark(finding: dict[str, str]) -> None:
    assert dashboard.mark(finding) == pipeline.mark(finding)
    assert dashboard.report_mark([finding, GRAVE]) == pipeline.report_mark([GRAVE, finding])


@given(drawn=st.data())
def test_no_change_of_a_written_file_is_overlooked(drawn: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("decisions")
    decide(folder, [(GRAVE, "akkoord", ""), (SMALL, "toelichting", "Bekend."), (GRAVE, "uitgesloten", "Toch niet.")], role="werkgroep", by="x")
    head, path = read_decisions(folder).head, folder / "decisions.jsonl"
    assert head is not None
    content = path.read_bytes()
    at = drawn.draw(st.integers(0, len(content) - 1))
    changed = drawn.draw(st.sampled_from([content[:at], content[:at] + b"7" + content[at:], content[:at] + content[at + 1 :]]))
    path.write_bytes(changed)
    try:
        read = read_decisions(folder, [head]).entries
    except DecisionsBroken:
        return
    path.write_bytes(content)
    assert read == read_decisions(folder).entries  # nothing but the end of the last line was lost


def test_with_a_file_that_was_changed_by_hand_nothing_is_decided_signed_or_published(data: Path) -> None:
    decide(data / "decisions", [(GRAVE, "vraag aan partner", "Klopt dit?")], role="werkgroep", by="opdrachtregel")
    path = data / "decisions" / "decisions.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("vraag aan partner", "akkoord"), encoding="utf-8")
    for arguments in (["decisions", "list"], ["decisions", "form", str(data / "form.csv")], ["releases", "sign", "--role", "voorzitter"]):
        code, output = call(data, *arguments)
        assert (code, "line 1 of decisions.jsonl" in output) == (1, True)
    with pytest.raises(GateFailed, match=r"line 1 of decisions\.jsonl"):
        publish_release(Settings(data_dir=data), dict)


def test_an_earlier_moment_has_the_decisions_of_then(tmp_path: Path) -> None:
    for decision in ("akkoord", "uitgesloten"):
        decide(tmp_path, [(GRAVE, decision, "Omdat.")], role="werkgroep", by="opdrachtregel")
    first = read_decisions(tmp_path).entries[0]
    moment = dt.datetime.fromisoformat(first["at"]).replace(tzinfo=None)
    copy_decisions(tmp_path, tmp_path / "then", moment - dt.timedelta(seconds=1))
    assert read_decisions(tmp_path / "then").entries == ()
    copy_decisions(tmp_path, tmp_path / "then", moment + dt.timedelta(minutes=1))
    assert read_decisions(tmp_path / "then").entries == read_decisions(tmp_path).entries
