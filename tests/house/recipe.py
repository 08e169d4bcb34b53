"""What the walks through both recipes share: writing files into a copy, and seeing what changed in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.house.project import run_python

GENERATED = (
    "dbt_project/models/staging/_sources.yml",
    "dbt_project/models/staging/_staging.yml",
    "dbt_project/models/indicators/_indicators.yml",
    "dbt_project/macros/indicator_ids.sql",
    "data_contracts/odcs/",
    "data_contracts/instructions/",
)


def write(copy: Path, files: dict[str, str]) -> None:
    """Write texts to files of a copy."""
    for name, text in files.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text, encoding="utf-8")


def changed_by_hand(copy: Path, before: dict[str, bytes]) -> set[str]:
    """Project files that are not as they were; what the generator writes, caches and dbt's own output do not count."""
    names = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    others = ("data/", "dbt_project/target/", "dbt_project/logs/", "logs/", "dbt_project/.user.yml", *GENERATED)
    ours = {name for name in names if not name.startswith(others) and "__pycache__" not in name}
    return {name for name in ours if (copy / name).read_bytes() != before.get(name)}


def dbt(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run dbt in a copy; what it read of the project lies where Dagster looks for it."""
    folders = ("--project-dir", "dbt_project", "--profiles-dir", "dbt_project")
    return run_python(copy, "-m", "dbt.cli.main", "--quiet", *arguments, *folders, KETENMONITOR_DATA_DIR=str(copy / "data"))


def generate(copy: Path) -> None:
    """Run the generator in a copy; it must succeed."""
    generated = run_python(copy, "-m", "pipelines.codegen")
    assert generated.returncode == 0, generated.stdout + generated.stderr
