"""One dbt build for all tests of the models: the build is the slow part, the questions after it are quick."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

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


def run_dbt(data: Path, *arguments: str, project: Path = PROJECT) -> Any:
    """Result of one dbt command of `project` on the accepted Parquet under `data`."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    with dbt_settings(data):
        result = dbtRunner().invoke([*arguments, "--project-dir", str(project), "--profiles-dir", str(project), "--log-level", "error"])
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]  # dbt-duckdb keeps the file open in this process
    return result


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Folder and result of `dbt build` on the small accepted state."""
    data = tmp_path_factory.mktemp("warehouse")
    accepted.write_all(data)
    return data, run_dbt(data, "build")


@pytest.fixture(scope="session")
def warehouse(build: tuple[Path, Any]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built warehouse, read-only."""
    data, result = build
    assert result.success, [f"{each.node.name}: {each.message}" for each in result.result or [] if each.status in ("error", "fail")]
    connection = duckdb.connect(str(data / "warehouse.duckdb"), read_only=True)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def manifest(build: tuple[Path, Any]) -> dict[str, Any]:
    """dbt's manifest of the project."""
    import json

    content: dict[str, Any] = json.loads((build[0] / "target" / "manifest.json").read_text(encoding="utf-8"))
    return content
