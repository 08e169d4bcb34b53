"""Every dbt test can stop a run, and a run that is stopped leaves warehouse, marts and release byte by byte as they were."""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines import modelling, rebuild
from pipelines.modelling import build_models
from pipelines.resources import Settings
from pipelines.running import run_pipeline
from tests.dbt_project.conftest import PROJECT, read_project, run_dbt
from tests.test_run_survives import revise

#: Tests that only warn, with the reason why a failure must not stop a run.
ONLY_WARNS = {
    "assert_areas_are_known": "a name that no alias knows yet counts in the region as onbekend; the steward adds the alias",
    "assert_every_note_has_its_figure": "a note to a figure that does not exist is shown nowhere, and no figure waits for it",
    "assert_every_inhabited_wijk_of_an_area_with_wijk_teams_has_one": "until the list is mended A, B and C have no inhabitants, which is said",
}
LAYERS = {
    "staging": "stg_delivery_calendar",
    "intermediate": "int_misdrijven_harmonised",
    "dimensions": "dim_area",
    "indicators": "fct_alg_misdrijven",
    "marts": "mart_areas",
}


def project_with(folder: Path, **broken: str) -> Path:
    """A copy of the dbt project with more tests, of which each counts the rows of a model and so fails."""
    project = folder / "dbt_project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    for name, model in broken.items():
        # in the group that may read staging, which is private to it
        test = f"{{{{ config(group='warehouse') }}}}\nselect count(*) as broken from {{{{ ref('{model}') }}}}\n"
        (project / "tests" / f"assert_{name}.sql").write_text(test)
    return project


def as_read(settings: Settings, project: Path = PROJECT) -> Future[Any]:
    """What `reading_project` would give."""
    read: Future[Any] = Future()
    read.set_result(read_project(settings.data_dir, project))
    return read


def sha256_of(data_dir: Path) -> dict[str, str]:
    """Of every file of the warehouse, its marts and the releases."""
    files = [path for place in ("warehouse", "releases") for path in (data_dir / place).rglob("*") if path.is_file()]
    return {str(path.relative_to(data_dir)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.slow
def test_every_dbt_test_stops_a_run_when_it_fails_unless_it_says_that_it_only_warns(build: Path, tmp_path: Path) -> None:
    """Each runs with a threshold at which any outcome is a failure; dbt itself judges by the severity that the test has."""
    data = tmp_path / "data"
    shutil.copytree(build, data, ignore=shutil.ignore_patterns("target", "logs"))
    project = read_project(data)
    for test in project.nodes.values():
        if test.resource_type == "test":
            # what `+error_if` and `+warn_if` in dbt_project.yml would do; a test that has a threshold of its own keeps it
            test.config.error_if, test.config.warn_if = (">= 0" if at == "!= 0" else at for at in (test.config.error_if, test.config.warn_if))
    outcome = run_dbt(data, "test", "--exclude-resource-type", "unit_test", manifest=project)
    by_status: dict[str, set[str]] = {}
    for result in outcome.result:
        name = result.node.name
        by_status.setdefault(str(result.status), set()).add(next((warner for warner in ONLY_WARNS if name.startswith(warner)), name))
    assert by_status.keys() == {"fail", "warn"}
    assert by_status["warn"] == ONLY_WARNS.keys()
    assert not outcome.success


@pytest.fixture(scope="module")
def settings(small_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with a warehouse and a release."""
    return Settings(data_dir=Path(shutil.copytree(small_run, tmp_path_factory.mktemp("published") / "data", symlinks=True)))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a test that fails in each layer, read once for all of them: to read it took longer than to build a model."""
    return project_with(tmp_path_factory.mktemp("broken"), **{f"broken_{layer}": model for layer, model in LAYERS.items()})


@pytest.mark.slow
@pytest.mark.parametrize(("layer", "model"), LAYERS.items())
def test_a_test_that_fails_in_any_layer_leaves_everything_as_it_was(
    settings: Settings, broken: Path, monkeypatch: pytest.MonkeyPatch, layer: str, model: str
) -> None:
    before, link = sha256_of(settings.data_dir), settings.warehouse_folder.readlink()
    assert len(before) > 10
    with monkeypatch.context() as patch:
        patch.setattr(modelling, "DBT_PROJECT", broken)
        built = build_models(settings, [model], as_read(settings, broken))
    assert f"1 node(s) failed: assert_broken_{layer} (fail)" in str(built.failure)
    assert (sha256_of(settings.data_dir), settings.warehouse_folder.readlink()) == (before, link)
    assert build_models(settings, [model], as_read(settings)).failure is None
    assert settings.warehouse_folder.readlink() != link


@pytest.mark.slow
def test_a_whole_run_that_a_test_stops_publishes_nothing_and_the_next_one_succeeds(small_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(small_run, data, symlinks=True)
    revise(data, "politie_jeugd_verdachten_2026Q1", without=1)
    settings, project = Settings(data_dir=data), project_with(tmp_path, broken="mart_indicators")
    with monkeypatch.context() as patch:
        for module in (modelling, rebuild):
            patch.setattr(module, "DBT_PROJECT", project)
        # the warehouse in use as built by this project: only what follows from the revised delivery is built again, as in most runs
        kept = json.loads(settings.warehouse_mark.read_bytes())
        settings.warehouse_mark.write_text(json.dumps(kept | {"": rebuild.fingerprint(settings, pl.read_parquet(settings.calendar))[""]}))
        before = sha256_of(data)
        report = run_pipeline(settings, lambda *_: None)
    assert "assert_broken (fail)" in str(report.failure)
    assert sha256_of(data) == before
    settings.warehouse_mark.write_text(json.dumps(kept))
    report = run_pipeline(settings, lambda *_: None)
    assert (report.failure, sha256_of(data) == before) == (None, False)
