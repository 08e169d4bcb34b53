"""Every expectation is known before there is data, and one that says nothing has not passed."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.validation import frames as given
from validation import runner
from validation.checks import Suite
from validation.declared import SCHEMAS, all_declared
from validation.suites import all_suites
from validation.summary import summarise, verdict_of
from validation.tables import Tables


def test_what_is_declared_is_what_a_run_judges(tmp_path: Path) -> None:
    results = runner.run_suites(given.good_frames(), tmp_path, given.catalogue(), given.NOW)
    judged = {suite: tuple((result.check, result.description) for result in results if result.suite == suite) for suite in all_suites()}
    assert {suite: tuple((check.id, check.description) for check in checks) for suite, checks in all_declared().items()} == judged


def test_an_id_belongs_to_one_expectation_so_that_a_finding_does_too() -> None:
    ids = Counter(check.id for checks in all_declared().values() for check in checks)
    assert ids
    assert max(ids.values()) == 1


def test_the_empty_frames_have_columns_of_the_real_ones() -> None:
    frames = given.good_frames()
    assert [f"{name}.{column}" for name, schema in SCHEMAS.items() for column in schema if column not in frames[name].columns] == []


def test_listing_them_imports_no_great_expectations() -> None:
    code = "import sys; from validation.declared import all_declared; all_declared(); sys.exit('great_expectations' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_suite_that_cannot_run_leaves_each_of_its_expectations_undone_for_one_cause(tmp_path: Path) -> None:
    frames = {name: frame for name, frame in given.good_frames().items() if name != "leveringen"}
    results = runner.run_suites(frames, tmp_path, given.catalogue(), given.NOW)
    undone = [result for result in results if result.suite == "leveringen"]
    assert [result.check for result in undone] == [check.id for check in all_declared()["leveringen"]]
    assert not any(result.ran or result.passed for result in undone)
    assert [finding.id for result in undone for finding in result.findings] == ["not_run:leveringen:suite_runs"]
    told = summarise(results, given.NOW.isoformat())["checked"]["leveringen"]
    assert (told["passed"], told["worst"]) == (0, "fout")
    assert {one["ran"] for one in told["expectations"]} == {False}


def test_an_expectation_that_was_declared_and_has_no_result_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = all_suites()["leveringen"]

    def build(tables: Tables) -> Suite:
        suite = whole(tables)
        (part,) = suite.parts
        kept = part.checks if part.frame.is_empty() else part.checks[1:]
        return Suite(suite.name, suite.title, (type(part)(part.name, part.title, part.frame, kept),))

    monkeypatch.setattr(runner, "all_suites", lambda: {"leveringen": build})
    results = runner.run_suites(given.good_frames(), tmp_path, given.catalogue(), given.NOW)
    (undone,) = [result for result in results if not result.passed]
    assert (undone.check, undone.ran, undone.severity) == ("delivery_present", False, "fout")
    assert verdict_of(results) == "fout"
