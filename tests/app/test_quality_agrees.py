"""Data Docs, the quality page and Dagster are three views of one report: they count the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from pipelines import judgement
from pipelines.quality import DECLARED, check_expectations, quality_report
from pipelines.release.findings import findings_for
from pipelines.resources import Settings
from tests.app.conftest import page_html
from tests.validation import frames as given


@pytest.fixture
def judged(own_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A data folder of which the marts have a fault of every severity, and whose deliveries never came."""
    settings = Settings(data_dir=own_copy)
    where = (pl.col("indicator_id") == "alg_misdrijven") & (pl.col("period") == "2023")
    frames = given.good_frames(
        mart_indicators=given.with_numerator(given.good_mart(), where, pl.col("numerator") * 1000), mart_reconciliation=given.reconciliation(2)
    )
    marts = ("mart_indicators", "mart_reconciliation", "mart_areas")
    monkeypatch.setattr(judgement, "MARTS", marts)
    for mart in marts:
        (settings.marts / mart).mkdir(parents=True)
        frames[mart].write_parquet(settings.marts / mart / "all.parquet")
    return settings


def of_data_docs(settings: Settings) -> tuple[Counter[str], Counter[str]]:
    """From the built HTML: `suite:expectations/passed/findings` of each suite, and findings per severity."""
    page = (settings.quality / "docs" / "index.html").read_text(encoding="utf-8")
    rows = re.findall(r'<a href="(\w+)\.html">.*?</tr>', page)
    numbers = [re.findall(r'<td class="number">(\d+)</td>', row) for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page)]
    counts = Counter(f"{suite}:{checks}/{passed}/{findings}" for suite, (checks, passed, _, findings) in zip(rows, numbers, strict=True))
    return counts, Counter(re.findall(r'<tr><td class="(?:bad|warn)">([a-z ]+)</td>', page))


def of_report(report: dict[str, Any]) -> tuple[Counter[str], Counter[str]]:
    """The same from quality.json, counted expectation by expectation."""
    lines: Counter[str] = Counter()
    for suite, counts in report["checked"].items():
        passed = sum(one["ran"] and not one["failed"] for one in counts["expectations"])
        findings = sum(len(one["findings"]) for one in counts["expectations"])
        assert (counts["checks"], counts["passed"], counts["findings"]) == (len(counts["expectations"]), passed, findings)
        lines[f"{suite}:{len(counts['expectations'])}/{passed}/{findings}"] += 1
    return lines, Counter(finding["severity"] for finding in report["findings"])


def of_dagster(checks: list[dg.AssetCheckEvaluation]) -> tuple[Counter[str], Counter[str]]:
    """The same from the results of asset checks; a finding has the severity of its expectation."""
    suites: dict[str, list[int]] = {}
    severities: Counter[str] = Counter()
    for check in checks:
        suite, told = DECLARED[check.check_name][0], {name: value.value for name, value in check.metadata.items()}
        count = suites.setdefault(suite, [0, 0, 0])
        count[0] += 1
        count[1] += check.passed
        count[2] += told["findings"]
        severities[told["severity"]] += told["findings"]
    return Counter(f"{suite}:{'/'.join(map(str, count))}" for suite, count in suites.items()), +severities


def put_in_release(settings: Settings, report: dict[str, Any]) -> None:
    """The report in the release that the app reads, as publishing puts it there."""
    (folder,) = (path.parent for path in settings.releases.glob("*/release.json"))
    manifest = json.loads((folder / "release.json").read_bytes())
    for audience in ("professional", "publiek"):
        content = json.dumps(findings_for(audience, report, manifest["catalogue"], manifest["contracts"])).encode()
        (folder / audience / "quality.json").write_bytes(content)
        manifest["files"][f"{audience}/quality.json"] = hashlib.sha256(content).hexdigest()
    (folder / "release.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("cannot_run", ["", "mart_reconciliation"])
def test_data_docs_the_quality_page_and_dagster_agree(judged: Settings, open_page: Callable[..., AppTest], cannot_run: str) -> None:
    if cannot_run:
        given.reconciliation(2).drop("difference").write_parquet(judged.marts / cannot_run / "all.parquet")
    with dg.DagsterInstance.ephemeral() as instance:
        run = dg.materialize([quality_report], resources={"settings": judged}, instance=instance)
    report = json.loads(judged.quality_report.read_bytes())
    assert run.success
    assert set(of_report(report)[1]) == {"fout", "waarschuwing", *([] if cannot_run else ["let op"])}
    assert [finding["id"] for finding in report["findings"] if finding["id"].startswith("not_run")] == [
        f"not_run:{name}:suite_runs" for name in cannot_run.split()
    ]
    assert of_data_docs(judged) == of_report(report) == of_dagster(run.get_asset_check_evaluations())

    put_in_release(judged, report)
    page = page_html(open_page("datakwaliteit"))
    assert {severity: int(count) for count, severity in re.findall(r"(\d+) × (fout|waarschuwing|let op)", page)} == dict(of_report(report)[1])


def test_a_check_of_dagster_says_what_failed_and_whom_to_ask() -> None:
    suite, check = DECLARED["leveringen__delivery_on_time"]
    finding = {"id": f"{check.id}:om_zaken", "severity": check.severity, "partner": "OM", "sentence": "De levering is te laat."}
    one = {"id": check.id, "severity": check.severity, "dimension": check.dimension, "description": "x", "ran": True, "rows": 32, "failed": 1}
    summary = {"findings": [finding], "checked": {suite: {"expectations": [{**one, "findings": [finding["id"]]}]}}}
    results = {result.check_name: result for result in check_expectations(summary)}
    late = results["leveringen__delivery_on_time"]
    told = {name: value.value for name, value in late.metadata.items()}
    assert (late.passed, late.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert told == {
        "severity": "waarschuwing",
        "dimension": "tijdigheid",
        "rows": 32,
        "failed": 1,
        "findings": 1,
        "sentences": finding["sentence"],
        "partners": "OM",
    }


@pytest.mark.parametrize("said", [None, {"ran": False, "severity": "fout", "failed": 0}])
def test_what_did_not_run_or_is_not_told_is_an_error_and_never_passes(said: dict[str, Any] | None) -> None:
    expectations = [{"id": check.id, "description": "x", "rows": 0, "findings": [], **said} for _, check in DECLARED.values()] if said else []
    suites = {suite: {"expectations": expectations} for suite, _ in DECLARED.values()}
    results = list(check_expectations({"findings": [], "checked": suites}))
    assert len(results) == len(DECLARED) == len(list(quality_report.check_specs))
    assert not any(result.passed for result in results)
    assert {result.severity for result in results} == {dg.AssetCheckSeverity.ERROR}
    assert all(str(result.description).startswith("Niet uitgevoerd: ") for result in results)
