"""`dbt build` works alone, from the command line, on a data folder; what it writes names no folder of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dbt_project import accepted
from tests.dbt_project.conftest import PROJECT


@pytest.mark.slow
def test_dbt_builds_in_a_data_folder_without_the_pipeline_and_no_artefact_holds_an_absolute_path(tmp_path: Path) -> None:
    shutil.copytree(PROJECT, tmp_path / "dbt_project", ignore=shutil.ignore_patterns("target", "logs"))
    accepted.write_all(tmp_path / "data")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KETENMONITOR_", "DBT_"))}
    environment |= {"DO_NOT_TRACK": "1", "KETENMONITOR_DATA_DIR": "data"}
    command = [str(Path(sys.executable).parent / "dbt"), "build", "--select", "+stg_delivery_calendar", "+dim_area", "--indirect-selection", "cautious"]
    folders = ["--project-dir", "dbt_project", "--profiles-dir", "dbt_project"]
    outcome = subprocess.run([*command, *folders], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=280)
    assert outcome.returncode == 0, outcome.stdout
    assert (tmp_path / "data" / "warehouse.duckdb").exists()
    written = [path for path in (tmp_path / "dbt_project" / "target").rglob("*") if path.suffix in (".json", ".sql")]
    assert {"manifest.json", "run_results.json"} <= {path.name for path in written}
    places = (str(tmp_path), str(PROJECT))
    assert [path.name for path in written if any(place in path.read_text(encoding="utf-8") for place in places)] == []
