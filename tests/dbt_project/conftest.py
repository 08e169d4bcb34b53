"""One dbt build for all tests of the models, and one parse for all builds: these are the slow parts, the questions after them are quick."""

from __future__ import annotations

import functools
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from pipelines import modelling
from pipelines.modelling import ANYWHERE, place_sources
from tests.conftest import project_as_read, shared_folder
from tests.dbt_project import accepted

PROJECT = accepted.ROOT / "dbt_project"


_factories: list[pytest.TempPathFactory] = []


@pytest.fixture(scope="session", autouse=True)
def _remember(tmp_path_factory: pytest.TempPathFactory) -> None:
    """For `run_dbt`, which is no fixture: where the project lies as dbt read it."""
    _factories.append(tmp_path_factory)


@contextmanager
def dbt_settings(data: Path, **others: str) -> Iterator[None]:
    """dbt's settings point into `data`, save for `others`; dbt also changes the working folder, which is put back."""
    here = Path.cwd()
    settings = {"KETENMONITOR_DATA_DIR": str(data), "DBT_TARGET_PATH": str(data / "target"), "DBT_LOG_PATH": str(data / "logs")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (settings | others).items():
            patch.setenv(name, value)
        try:
            yield
        finally:
            os.chdir(here)


def _invoke(project: Path, *arguments: str, manifest: Any = None) -> Any:
    from dbt.cli.main import dbtRunner

    return dbtRunner(manifest=manifest).invoke([*arguments, "--project-dir", str(project), "--profiles-dir", str(project), "--log-level", "error"])


@functools.cache
def _as_read(project: Path) -> bytes:
    """A project as dbt reads it for no data folder in particular; of a copy with changes, only what changed is read."""
    content = project_as_read(_factories[-1]).read_bytes()
    if project == PROJECT:
        return content
    with tempfile.TemporaryDirectory() as folder, dbt_settings(Path(folder), **modelling.dbt_settings(ANYWHERE)):
        kept = Path(folder) / "target" / "partial_parse.msgpack"
        kept.parent.mkdir()
        kept.write_bytes(content)
        assert _invoke(project, "parse").success
        return kept.read_bytes()


def read_project(data: Path, project: Path = PROJECT) -> Any:
    """dbt's manifest of a project, with its sources in `data`."""
    from dbt.contracts.graph.manifest import Manifest

    manifest = Manifest.from_msgpack(_as_read(project))
    place_sources(manifest, data)
    return manifest


def run_dbt(data: Path, *arguments: str, project: Path = PROJECT, manifest: Any = None) -> Any:
    """Result of one dbt command of `project` on the accepted Parquet under `data`; `manifest` is what was read of it, where changed."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    accepted.write_calendar(data)
    manifest = manifest or read_project(data, project)
    with dbt_settings(data):
        result = _invoke(project, *arguments, manifest=manifest)
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]  # dbt-duckdb keeps the file open in this process
    return result


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of `dbt build` on the small accepted state, failed or not. Read it, never change it."""
    data = shared_folder(tmp_path_factory) / "small_warehouse"
    with FileLock(f"{data}.lock"):
        if not data.exists():
            accepted.write_all(data)
            run_dbt(data, "build")
    return data


@pytest.fixture(scope="session")
def outcomes(build: Path) -> dict[str, dict[str, Any]]:
    """dbt's result of every node of the build, by the id of the node."""
    results = json.loads((build / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    return {result["unique_id"]: result for result in results}


@pytest.fixture(scope="session")
def warehouse(build: Path, outcomes: dict[str, dict[str, Any]]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built warehouse, read-only."""
    assert [f"{node}: {result['message']}" for node, result in outcomes.items() if result["status"] not in ("success", "pass", "warn", "no-op")] == []
    connection = duckdb.connect(str(build / "warehouse.duckdb"), read_only=True)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def manifest(build: Path) -> dict[str, Any]:
    """dbt's manifest of the project."""
    content: dict[str, Any] = json.loads((build / "target" / "manifest.json").read_text(encoding="utf-8"))
    return content
