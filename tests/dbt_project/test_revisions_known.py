"""Every model reads deliveries through `latest_revision`, so that nothing is known before it came."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.dbt_project.conftest import run_dbt

RULE = "macro.ketenmonitor.latest_revision"
NOT_REVISED = {"model.ketenmonitor.stg_delivery_calendar"}  # made of the register as it was known, not of a delivery


def test_every_model_that_reads_a_delivery_takes_its_newest_revision(manifest: dict[str, Any]) -> None:
    def calls(macro: str) -> set[str]:
        return {macro}.union(*(calls(called) for called in manifest["macros"][macro]["depends_on"]["macros"] if called.startswith("macro.ketenmonitor.")))

    wrong = []
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model":
            staged = {parent for parent in node["depends_on"]["nodes"] if parent.startswith("model.ketenmonitor.stg_")} - NOT_REVISED
            called = set().union(*(calls(macro) for macro in node["depends_on"]["macros"] if macro.startswith("macro.ketenmonitor.")))
            if staged and RULE not in called:
                wrong.append(node["name"])
    assert wrong == []


@pytest.mark.slow
def test_before_anything_came_nothing_is_known(build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(build, data, ignore=shutil.ignore_patterns("target", "logs", "warehouse.duckdb*"))
    monkeypatch.setenv("KETENMONITOR_AS_OF", "2020-06-30")
    assert run_dbt(data, "build", "--select", "+path:models/intermediate", "--exclude-resource-type", "unit_test", "test").success
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        names = connection.execute("select table_name from information_schema.tables where table_name like 'int\\_%' escape '\\'").fetchall()
        rows = {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for (name,) in names}  # type: ignore[index]
    assert rows
    assert {name: count for name, count in rows.items() if count} == {}
