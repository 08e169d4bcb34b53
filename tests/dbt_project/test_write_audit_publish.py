"""Every dbt test can stop a run, and a run that is stopped leaves warehouse, marts and release byte by byte as they were."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipelines import modelling, rebuild
from pipelines.intake import delivery_calendar
from pipelines.modelling import build_models
from pipelines.resources import Settings
from pipelines.running import run_pipeline
from tests.dbt_project import accepted
from tests.dbt_project.conftest import PROJECT, run_dbt

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


def project_with(folder: Path, *, test: str = "", config: str = "") -> Path:
    """A copy of the dbt project with one more test, or with more configuration of all tests."""
    project = folder / "dbt_project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    if test:
        # in the group that may read staging, which is private to it
        (project / "tests" / "assert_broken.sql").write_text("{{ config(group='warehouse') }}\n" + test)
    settings = project / "dbt_project.yml"
    text = settings.read_text(encoding="utf-8")
    assert text.count("    +store_failures: false\n") == 1
    settings.write_text(text.replace("    +store_failures: false\n", f"    +store_failures: false\n{config}"))
    return project


def sha256_of(data_dir: Path) -> dict[str, str]:
    """Of every file of the warehouse, its marts and the releases."""
    files = [path for place in ("warehouse", "releases") for path in (data_dir / place).rglob("*") if path.is_file()]
    return {str(path.relative_to(data_dir)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.slow
def test_every_dbt_test_stops_a_run_when_it_fails_unless_it_says_that_it_only_warns(build: Path, tmp_path: Path) -> None:
    """Each runs with a threshold at which any outcome is a failure; dbt itself judges by the severity that the test has."""
    data = tmp_path / "data"
    shutil.copytree(build, data, ignore=shutil.ignore_patterns("target", "logs"))
    project = project_with(tmp_path, config='    +error_if: ">= 0"\n    +warn_if: ">= 0"\n')
    outcome = run_dbt(data, "test", "--exclude-resource-type", "unit_test", project=project)
    by_status: dict[str, set[str]] = {}
    for result in outcome.result:
        name = result.node.name
        by_status.setdefault(str(result.status), set()).add(next((warner for warner in ONLY_WARNS if name.startswith(warner)), name))
    assert by_status.keys() == {"fail", "warn"}
    assert by_status["warn"] == ONLY_WARNS.keys()
    assert not outcome.success


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A data folder with a warehouse built from the small accepted state, and something that stands for a release."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("published"))
    accepted.write_all(settings.data_dir)
    accepted.write_calendar(settings.data_dir)
    with pytest.MonkeyPatch.context() as patch:
        # these files did not come by the register
        patch.setattr(delivery_calendar, "write_calendar", lambda settings: pl.read_parquet(settings.calendar))
        assert build_models(settings).failure is None
        (settings.releases / "1").mkdir(parents=True)
        (settings.releases / "1" / "values.parquet").write_bytes(b"figures")
        yield settings


@pytest.mark.slow
@pytest.mark.parametrize(("layer", "model"), LAYERS.items())
def test_a_test_that_fails_in_any_layer_leaves_everything_as_it_was(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layer: str, model: str
) -> None:
    before, link = sha256_of(settings.data_dir), settings.warehouse_folder.readlink()
    assert len(before) > 10
    with monkeypatch.context() as patch:
        patch.setattr(modelling, "DBT_PROJECT", project_with(tmp_path, test=f"select count(*) as broken from {{{{ ref('{model}') }}}}\n"))
        built = build_models(settings, [model])
    assert "assert_broken (fail)" in str(built.failure), layer
    assert (sha256_of(settings.data_dir), settings.warehouse_folder.readlink()) == (before, link)
    assert build_models(settings, [model]).failure is None
    assert settings.warehouse_folder.readlink() != link


@pytest.mark.slow
def test_a_whole_run_that_a_test_stops_publishes_nothing_and_the_next_one_succeeds(small_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(small_run, data, symlinks=True)
    settings, before = Settings(data_dir=data), sha256_of(data)
    project = project_with(tmp_path, test="select count(*) as broken from {{ ref('mart_indicators') }}\n")
    with monkeypatch.context() as patch:
        for module in (modelling, rebuild):
            patch.setattr(module, "DBT_PROJECT", project)
        report = run_pipeline(settings, lambda *_: None)
    assert "assert_broken (fail)" in str(report.failure)
    assert sha256_of(data) == before
    report = run_pipeline(settings, lambda *_: None)
    assert (report.failure, sha256_of(data) == before) == (None, False)
