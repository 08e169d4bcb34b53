"""Stages 3 to 7, without Dagster: dbt builds the warehouse from accepted Parquet, and the marts are kept as Parquet.

The database is derived: a run that was killed leaves nothing that needs mending, the next one builds it anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.rebuild import DBT_PROJECT, plan_build, remember
from pipelines.resources import Settings, pass_to_children

WRONG = ("error", "fail", "runtime error")


@dataclass(frozen=True)
class Built:
    """What dbt did: (node of the manifest, result) per model, seed and test; and the rows of each mart."""

    nodes: list[tuple[dict[str, Any], Any]]
    rows: dict[str, int]

    @property
    def failure(self) -> str | None:
        """Which nodes failed and what to do; not dbt's own message, since DuckDB quotes values in it. None when all went well."""
        failed = [f"{node['name']} ({result.status})" for node, result in self.nodes if result.status in WRONG]
        some = "; ".join(failed[:3])
        return f"dbt build: {len(failed)} node(s) failed: {some}. Look at them with `dbt build --select NAME` in dbt_project." if failed else None


def run_dbt(*arguments: str) -> Iterator[tuple[dict[str, Any], Any]]:
    """Runs dbt in this process; gives (node of the manifest, result) per model, seed and test.

    In process because a dbt of its own costs 4 s of imports a run. Raises RuntimeError when dbt could not start at all.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    outcome = dbtRunner().invoke(["--log-level", "none", "--log-level-file", "none", *arguments, *folders])
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]  # dbt-duckdb keeps the file open in this process
    if outcome.exception is not None:
        raise RuntimeError(f"dbt {arguments[0]} failed: {outcome.exception}")
    for result in getattr(outcome.result, "results", ()):
        yield result.node.to_dict(), result


def build_models(settings: Settings, only: Sequence[str] | None = None) -> Built:
    """Builds what must be built again (see `rebuild.py`), or the named nodes only; exports the marts when all went well.

    Waits for a build that another run (Dagster's, say) has going in the same data folder.
    """
    from filelock import FileLock

    pass_to_children(KETENMONITOR_DATA_DIR=str(settings.data_dir), DO_NOT_TRACK="1")
    with FileLock(settings.data_dir / ".warehouse.lock"):
        return _build(settings, only)


def _build(settings: Settings, only: Sequence[str] | None) -> Built:
    selection = ["--select", *only] if only is not None else plan_build(settings)
    quick = ("--exclude-resource-type", "unit_test", "--no-write-json")  # writing the manifest took 1 of 4 s, and nobody reads this one
    nodes = list(run_dbt("build", *quick, "--target-path", str(settings.dbt_target), *selection))
    if Built(nodes, {}).failure:
        return Built(nodes, {})
    built = Built(nodes, export_marts(settings.warehouse, settings.marts))
    if only is None:
        remember(settings)
    return built


def export_marts(warehouse: Path, marts: Path) -> dict[str, int]:
    """Writes every `mart_` table as `<marts>/<name>.parquet`; gives the rows of each."""
    import duckdb

    marts.mkdir(parents=True, exist_ok=True)
    rows = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        names = connection.execute("select table_name from information_schema.tables where table_name like 'mart\\_%' escape '\\' order by 1").fetchall()
        for (name,) in names:
            beside = marts / f".{name}.tmp"
            connection.execute(f"copy (select * from {name} order by all) to '{beside}' (format parquet)")
            rows[name] = int((connection.execute(f"select count(*) from {name}").fetchone() or (0,))[0])
            beside.replace(marts / f"{name}.parquet")
    return rows
