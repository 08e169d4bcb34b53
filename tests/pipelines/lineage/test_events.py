"""Every stage tells its start and end as OpenLineage does, and nothing of it stops a stage or leaves the machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openlineage.client.event_v2 import JobEvent, RunEvent

from data_contracts import all_contracts, contract_of
from pipelines.intake.judging import judge_landed
from pipelines.intake.receiving import receive_inbox
from pipelines.lineage import as_stage, events, stages
from pipelines.lineage.stages import STAGES, Step
from pipelines.modelling import Built, build_models
from pipelines.resources import Settings
from tests.conftest import PROJECT
from tests.pipelines.intake.extracts import jeugd_csv
from tests.pipelines.lineage.reading import ends_of, read_events

SECRET = "GEHEIM-PSEUDONIEM-1"
DELIVERY = "politie_jeugd_verdachten"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path / "data", openlineage=tmp_path / "events" / "openlineage.jsonl")
    settings.inbox.mkdir(parents=True)
    return settings


def told(settings: Settings) -> list[Any]:
    assert settings.openlineage
    return list(read_events(settings.openlineage)) if settings.openlineage.exists() else []


@pytest.mark.slow
def test_a_run_tells_each_stage_once_and_how_it_ended(small_run: Path) -> None:
    runs = [one for one in read_events(small_run / "openlineage.jsonl") if isinstance(one, RunEvent)]
    states: dict[str, list[str]] = {}
    for one in runs:
        states.setdefault(one.run.runId, []).append(str(one.eventType.value if one.eventType else None))
    assert {tuple(each) for each in states.values()} == {("START", "COMPLETE")}
    jobs = Counter(name.partition("/")[0] for name, *_ in ends_of(small_run / "openlineage.jsonl"))
    fetched = sum(contract.terms().is_fetched for contract in all_contracts())
    assert jobs == {"receive": len(all_contracts()), "fetch": fetched, "check": len(all_contracts()), "models": 1, "judge": 1, "publish": 1}


@pytest.mark.slow
def test_a_figure_can_be_followed_from_the_release_to_the_files(small_run: Path) -> None:
    known = list(read_events(small_run / "openlineage.jsonl"))
    made_of: dict[str, set[str]] = {}
    for one in known:
        for output in one.outputs or ():
            made_of.setdefault(output.name, set()).update(given.name for given in one.inputs or ())
    release = (small_run / "releases" / "current").read_text().strip()
    assert {"marts/mart_indicators", "judged/quality"} <= made_of[f"release/{release}"]
    assert "indicators/mh_slachtoffers" in made_of["marts/mart_indicators"]
    assert made_of["indicators/mh_slachtoffers"] == {"accepted/comensha_slachtoffers", "accepted/cbs_bevolking"}
    assert made_of["accepted/comensha_slachtoffers"] == {"landed/comensha_slachtoffers"}
    accepted = next(output for one in known for output in one.outputs or () if output.name == "accepted/comensha_slachtoffers")
    contract = contract_of("comensha_slachtoffers").terms()
    assert (accepted.facets["ketenmonitor_delivery"].contract_version, accepted.facets["ketenmonitor_delivery"].partner) == (contract.version, contract.partner)
    files = {path.stem for path in (small_run / "accepted" / "comensha_slachtoffers").glob("*.parquet")}
    assert {file["sha256"] for file in accepted.facets["ketenmonitor_delivery"].files} == {name for name in files if len(name) == 64}
    assert {field.name for field in accepted.facets["schema"].fields} >= {"delivery_sha256", "source_row"}


@pytest.mark.slow
def test_what_was_judged_carries_each_expectation_and_its_outcome(small_run: Path) -> None:
    report = json.loads((small_run / "quality" / "quality.json").read_bytes())
    (judged,) = [one for one in read_events(small_run / "openlineage.jsonl") if one.job.name == "judge" and one.outputs]
    facets = [given.inputFacets["dataQualityAssertions"] for given in judged.inputs or () if "dataQualityAssertions" in given.inputFacets]
    assertions = {one.name: one for facet in facets for one in facet.assertions}
    expected = {f"{suite}.{one['id']}": one for suite, counts in report["checked"].items() for one in counts["expectations"]}
    assert assertions.keys() == expected.keys()
    assert {name: one.success for name, one in assertions.items()} == {name: one["ran"] and not one["failed"] for name, one in expected.items()}
    assert {name for name, one in assertions.items() if one.severity == "error"} == {name for name, one in expected.items() if one["severity"] == "fout"}


def test_one_file_gives_its_sha256_as_version_and_two_another(settings: Settings) -> None:
    versions = []
    for name in ("2026Q3", "2026Q2"):
        (settings.inbox / f"{DELIVERY}_{name}.csv").write_bytes(jeugd_csv().replace(b"2026Q3", name.encode()))
        (settings.inbox / f"{DELIVERY}_{name}.csv.klaar").touch()
        receive_inbox(settings, DELIVERY)
        judge_landed(settings, contract_of(DELIVERY))
        versions.append(told(settings)[-1].outputs[0].facets["version"].datasetVersion)
    landed = {path.stem for path in (settings.landing / DELIVERY).iterdir()}
    assert versions[0] in landed
    assert len(landed) == 2
    assert versions[1] not in landed


def test_files_that_belong_to_no_delivery_are_no_stage(settings: Settings) -> None:
    receive_inbox(settings, None)
    assert told(settings) == []


def test_a_stage_that_fails_says_so_by_the_kind_of_error_and_never_by_its_message(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STAGES, "breaks", lambda settings: iter([Step("breaks", "Breaks", [])]))

    @as_stage("breaks")
    def breaks(settings: Settings) -> None:
        raise ValueError(SECRET)

    with pytest.raises(ValueError, match=SECRET):
        breaks(settings)
    start, fail = told(settings)
    assert (start.eventType.value, fail.eventType.value) == ("START", "FAIL")
    assert fail.run.runId == start.run.runId
    assert fail.run.facets["errorMessage"].message == "ValueError"
    assert settings.openlineage
    assert SECRET not in settings.openlineage.read_text()


def test_a_warehouse_that_fails_its_tests_is_a_stage_that_failed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.modelling._build", lambda *_: type("Failed", (Built,), {"failure": "dbt build: 1 node(s) failed"})([], {}))
    build_models(settings)
    fail = told(settings)[-1]
    assert (fail.job.name, fail.eventType.value, fail.outputs) == ("models", "FAIL", [])
    assert fail.run.facets["errorMessage"].message == "dbt build: 1 node(s) failed"
    assert not any(isinstance(one, JobEvent) for one in told(settings))


def test_events_that_cannot_be_told_or_written_stop_no_stage(settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def untellable(*_: Any) -> Any:
        raise KeyError(SECRET)

    monkeypatch.setattr(stages, "take", untellable)
    assert receive_inbox(settings, DELIVERY) == []
    monkeypatch.undo()
    monkeypatch.setattr(events.os, "write", untellable)
    assert receive_inbox(settings, DELIVERY) == []
    assert told(settings) == []
    assert "an event could not be told (KeyError)" in caplog.text
    assert SECRET not in caplog.text


def test_a_folder_gets_a_file_per_day(settings: Settings) -> None:
    assert settings.openlineage
    folder = settings.openlineage.parent
    folder.mkdir()
    receive_inbox(Settings(data_dir=settings.data_dir, openlineage=folder), DELIVERY)
    (file,) = folder.iterdir()
    assert file.name.startswith("openlineage-20")
    assert [one.job.name for one in read_events(file)] == [f"receive/{DELIVERY}"] * 2


def test_switched_off_nothing_of_it_is_imported() -> None:
    code = "import sys, pipelines.running, pipelines.intake.judging, pipelines.intake.opendata, pipelines.publication; sys.exit('openlineage' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0
