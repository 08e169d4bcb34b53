"""A suite that cannot run never passes, the verdict follows the worst finding, and the whole is fast."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from tests.validation import frames as given
from validation import expect
from validation.runner import run_suites
from validation.suites import all_suites
from validation.summary import summarise, verdict_of
from validation.tables import Tables

SECRET = "GEHEIM-PSEUDONIEM-1"


def test_pandas_and_polars_frames_give_the_same_findings(tmp_path: Path) -> None:
    frames = given.good_frames(mart_reconciliation=given.reconciliation(2))
    as_pandas = {name: frame.to_pandas() for name, frame in frames.items()}
    assert run_suites(frames, tmp_path, given.catalogue(), given.NOW) == run_suites(as_pandas, tmp_path, given.catalogue(), given.NOW)


@pytest.mark.parametrize("missing", ["mart_indicators", "mart_reconciliation", "leveringen"])
def test_a_missing_frame_makes_the_verdict_fout(missing: str, tmp_path: Path) -> None:
    frames = {name: frame for name, frame in given.good_frames().items() if name != missing}
    results = run_suites(frames, tmp_path, given.catalogue(), given.NOW)
    assert verdict_of(results) == "fout"
    assert any(not result.ran and not result.passed for result in results)
    assert {result.suite for result in results} == set(all_suites())


def test_a_suite_that_breaks_tells_its_kind_of_error_and_never_a_value(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = given.deliveries().with_columns(pl.lit(SECRET).alias("rows_in"))
    with caplog.at_level(logging.DEBUG):
        results = run_suites(given.good_frames(leveringen=broken), tmp_path, given.catalogue(), given.NOW)
    (finding,) = [finding for result in results for finding in result.findings]
    assert finding.severity == "fout"
    assert "kon niet worden uitgevoerd" in finding.sentence
    told = json.dumps(summarise(results, "2026-11-22T11:30:00+00:00")) + caplog.text + "".join(page.read_text() for page in tmp_path.glob("*.html"))
    assert SECRET not in told


def test_an_empty_mart_is_told_as_missing_figures_and_breaks_nothing(tmp_path: Path) -> None:
    results = run_suites(given.good_frames(mart_indicators=given.good_mart().clear()), tmp_path, given.catalogue(), given.NOW)
    assert {finding.id for result in results for finding in result.findings} == {f"indicator_has_figures:{indicator}" for indicator in given.INDICATORS}


def test_more_rows_than_great_expectations_is_given_make_a_suite_fout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expect, "MOST_ROWS", 100)
    results = run_suites(given.good_frames(), tmp_path, given.catalogue(), given.NOW)
    assert verdict_of(results) == "fout"
    undone = {result.suite for result in results if not result.ran}
    assert all(not result.ran for result in results if result.suite in undone)
    assert sum("TooManyRows" in finding.sentence for result in results for finding in result.findings) == len(undone) > 0


def test_the_verdict_follows_the_worst_finding(tmp_path: Path) -> None:
    good = run_suites(given.good_frames(), tmp_path, given.catalogue(), given.NOW)
    warned = run_suites(given.good_frames(mart_reconciliation=given.reconciliation(2)), tmp_path, given.catalogue(), given.NOW)
    assert (verdict_of(good), verdict_of(warned), verdict_of([])) == ("goed", "let op", "fout")


def test_quality_json_counts_what_was_checked_and_is_signed_by_nobody(tmp_path: Path) -> None:
    results = run_suites(given.good_frames(mart_reconciliation=given.reconciliation(2)), tmp_path, given.catalogue(), given.NOW)
    report = json.loads(json.dumps(summarise(results, "2026-11-22T11:30:00+00:00")))
    assert (report["verdict"], report["signed_by"], report["created_at"]) == ("let op", [], "2026-11-22T11:30:00+00:00")
    checked = dict(report["checked"]["mart_reconciliation"])
    (expectation,) = checked.pop("expectations")
    assert checked == {"checks": 1, "passed": 0, "rows": 1, "findings": 1, "worst": "let op"}
    assert expectation == {
        "id": "parts_equal_stated_total",
        "severity": "let op",
        "dimension": "consistentie",
        "description": "De som van de delen is gelijk aan het totaal dat de partner zelf noemt.",
        "ran": True,
        "rows": 1,
        "failed": 1,
        "findings": ["parts_equal_stated_total:alg_misdrijven:2022"],
    }
    assert report["checked"]["leveringen"]["rows"] == 6 * len(given.PARTNERS)


def test_the_pages_replace_those_of_the_run_before(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "old.html").write_text("oud")
    run_suites(given.good_frames(), docs, given.catalogue(), given.NOW)
    assert {page.name for page in docs.iterdir()} == {"index.html", *(f"{name}.html" for name in all_suites())}


def test_the_pages_say_outcomes_in_dutch_and_name_no_column(tmp_path: Path) -> None:
    parts = pl.concat([given.reconciliation(2).with_columns(period=pl.lit(str(year))) for year in range(1, 1001)] + [given.reconciliation()])
    run_suites(given.good_frames(mart_reconciliation=parts), tmp_path, given.catalogue(), given.NOW)
    pages = {page.stem: re.sub(r"<style.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL) for page in tmp_path.glob("*.html")}
    said = " ".join(re.sub(r"<[^>]+>", " ", pages["mart_reconciliation"]).split())
    assert "1.000 van de 1.001 regels wijken af (≈99,9%)." in said
    tables = Tables(given.good_frames(), given.catalogue(), given.NOW.date())
    columns = {column for build in all_suites().values() for part in build(tables).parts for column in part.frame.columns}
    assert {"difference", "score", "twins"} <= columns
    headings = {text.strip() for page in pages.values() for text in re.findall(r"<h\d[^>]*>([^<]*)<", page)}
    assert headings & columns == set()
    assert not [page for page in pages.values() if re.search(r">\s*--\s*<|unexpected|[Ee]xpectation\b", page)]


def test_importing_the_room_does_not_import_great_expectations() -> None:
    code = "import sys, validation.runner, validation.summary; sys.exit('great_expectations' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_is_written_to_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_suites(given.good_frames(), tmp_path, given.catalogue(), given.NOW)
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_judging_ten_times_the_cells_takes_at_most_ten_times_as_long(tmp_path: Path) -> None:
    run_suites(given.good_frames(), tmp_path, given.catalogue(), given.NOW)  # imports Great Expectations
    seconds = []
    for breakdowns in (5, 50):
        mart = given.good_mart(breakdowns=breakdowns)
        begin = time.perf_counter()
        run_suites(given.good_frames(mart_indicators=mart), tmp_path, given.catalogue(), given.NOW)
        seconds.append(time.perf_counter() - begin)
    assert mart.height > 100_000
    assert seconds[1] < 10 * seconds[0]
