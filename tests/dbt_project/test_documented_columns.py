"""Every column of every model and seed is described, and nothing is described that is not there."""

from __future__ import annotations

from typing import Any

import duckdb


def test_every_column_in_the_warehouse_is_described_and_every_described_column_exists(manifest: dict[str, Any], warehouse: duckdb.DuckDBPyConnection) -> None:
    made: dict[str, set[str]] = {}
    for table, column in warehouse.execute("select table_name, column_name from information_schema.columns").fetchall():
        made.setdefault(table, set()).add(column)
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]
    wrong = {}
    for node in nodes:
        described = {name for name, column in node["columns"].items() if column["description"]}
        if described != made[node["name"]]:
            wrong[node["name"]] = sorted(described ^ made[node["name"]])
    assert wrong == {}
