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

from tests.dbt_project import accepted

PROJECT = accepted.ROOT / "dbt_project"


@contextmanager
def dbt_settings(data: Path) -> Iterator[None]:
    """dbt's settings point into `data`; dbt also changes the working folder, which is put back."""
    here = Path.cwd()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KETENMONITOR_DATA_DIR", str(data))
        patch.setenv("DBT_TARGET_PATH", str(data / "target"))
        patch.setenv("DBT_LOG_PATH", str(data / "logs"))
        try:
            yield
        finally:
            os.chdir(here)


def _invoke(project: Path, *arguments: str, manifest: Any = None) -> Any:
    from dbt.cli.main import dbtRunner

    return dbtRunner(manifest=manifest).invoke([*arguments, "--project-dir", str(project), "--profiles-dir", str(project), "--log-level", "error"])


@functools.cache
def _parsed() -> tuple[str, bytes]:
    """The project as dbt parsed it, and the data folder that it was parsed for: parsing takes 10 of the 13 s of a small build."""
    with tempfile.TemporaryDirectory() as folder, dbt_settings(Path(folder)):
        assert _invoke(PROJECT, "parse").success
        return folder, (Path(folder) / "target" / "partial_parse.msgpack").read_bytes()


def _manifest_for(data: Path) -> Any:
    """The parsed project with its sources in `data`; nothing else in it depends on the folder."""
    from dbt.contracts.graph.manifest import Manifest

    folder, content = _parsed()
    manifest = Manifest.from_msgpack(content)
    for source in manifest.sources.values():
        for meta in (source.meta, source.source_meta, source.config.meta):
            meta["external_location"] = meta["external_location"].replace(folder, str(data))
    return manifest


def run_dbt(data: Path, *arguments: str, project: Path = PROJECT) -> Any:
    """Result of one dbt command of `project` on the accepted Parquet under `data`."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    accepted.write_calendar(data)
    manifest = _manifest_for(data) if project == PROJECT else None
    with dbt_settings(data):
        result = _invoke(project, *arguments, manifest=manifest)
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]  # dbt-duckdb keeps the file open in this process
    return result


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of `dbt build` on the small accepted state, failed or not. Read it, never change it."""
    base = tmp_path_factory.getbasetemp()
    data = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "small_warehouse"
    with FileLock(f"{data}.lock"):  # the workers of one test run share it
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
