"""Stages 3 to 7, without Dagster: dbt builds the warehouse from accepted Parquet, and the marts are kept as Parquet.

Written beside the warehouse in use, tested there, and swapped in one step when every model and test is green.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.durable import write_bytes
from pipelines.lineage import as_stage
from pipelines.rebuild import DBT_PROJECT, plan_build
from pipelines.resources import BUILT_FROM, DATABASE, Settings, environment
from pipelines.swapping import prepare_beside, swap

WRONG = ("error", "fail", "runtime error")
INDICATORS = "mart_indicators"
ANYWHERE = Path("/data-folder")  # stands for the data folder while dbt reads its project


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


def run_dbt(*arguments: str, project: Any = None) -> Iterator[tuple[dict[str, Any], Any]]:
    """Runs dbt in this process; gives (node of the manifest, result) per model, seed and test. `project` is one that was read before.

    In process because a dbt of its own costs 4 s of imports a run. Raises RuntimeError when dbt could not start at all.
    """
    outcome = _invoke_dbt(arguments, project)
    for result in getattr(outcome.result, "results", ()):
        yield result.node.to_dict(), result


def _invoke_dbt(arguments: Sequence[str], project: Any = None) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    outcome = dbtRunner(manifest=project).invoke(["--log-level", "none", "--log-level-file", "none", *arguments, *folders])
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]  # dbt-duckdb keeps the file open in this process
    if outcome.exception is not None:
        raise RuntimeError(f"dbt {arguments[0]} failed: {outcome.exception}")
    return outcome


@contextmanager
def reading_project(settings: Settings) -> Iterator[Future[Any]]:
    """Has dbt imported and its project read in a thread, for `build_models`, while files are received: they wait on a worker and
    for uploads to end, and reading takes 4 s, or 10 s the first time. What goes wrong is raised where the result is asked for."""
    with environment(**dbt_settings(ANYWHERE)), ThreadPoolExecutor(1) as thread:
        yield thread.submit(_read_project, settings)


def _read_project(settings: Settings) -> Any:
    """The project as dbt read it. It is read for no data folder in particular, since dbt reads everything again (10 s) for another
    one: what it keeps of this serves in a copy of the folder and in that of an earlier moment too."""
    project = _invoke_dbt(["parse", *_places(settings)]).result
    place_sources(project, settings.data_dir)
    return project


def place_sources(project: Any, data_dir: Path) -> None:
    """Points the sources of a project that was read for ANYWHERE into a data folder; nothing else in it depends on the folder."""
    for source in project.sources.values():
        source.relation_name = source.relation_name.replace(str(ANYWHERE), str(data_dir))
        for meta in (source.meta, source.source_meta, source.config.meta):
            meta["external_location"] = meta["external_location"].replace(str(ANYWHERE), str(data_dir))


@as_stage("models")
def build_models(settings: Settings, only: Sequence[str] | None = None, project: Future[Any] | None = None) -> Built:
    """Builds what must be built again (see `rebuild.py`), or the named nodes only, and the marts; when all went well they take
    the place of those in use. `project` is what `reading_project` gave; without it dbt reads its project here.

    Waits for a build that another run (Dagster's, say) has going in the same data folder.
    """
    from filelock import FileLock

    with FileLock(settings.data_dir / ".warehouse.lock"):
        return _build(settings, only, project)


def _build(settings: Settings, only: Sequence[str] | None, project: Future[Any] | None) -> Built:
    from pipelines.as_of import keep_corrections
    from pipelines.intake.delivery_calendar import write_calendar

    keep_corrections(settings)
    plan = plan_build(settings, write_calendar(settings))
    if only is None and plan.changed == ():
        return Built([], count_rows(settings.marts))
    in_parts = settings.warehouse.exists() if only is not None else plan.changed is not None
    prepare_beside(settings, copy=in_parts)
    selection = ["--select", *only] if only is not None else plan.selection
    if project is None:
        with reading_project(settings) as project:
            project.result()  # before the settings below, which are those of the whole process
    read = project.result()
    with environment(**dbt_settings(settings.data_dir, settings.building / DATABASE, settings.as_of)):
        nodes = list(run_dbt("build", "--exclude-resource-type", "unit_test", *_places(settings), *selection, project=read))
    if Built(nodes, {}).failure:
        return Built(nodes, {})
    export_marts(settings.building, {node["name"] for node, _ in nodes} if in_parts else None)
    if only is None:
        write_bytes(settings.building / BUILT_FROM, json.dumps(plan.state).encode())
    swap(settings)
    return Built(nodes, count_rows(settings.marts))


def dbt_settings(data_dir: Path, database: Path = ANYWHERE / DATABASE, as_of: dt.datetime | None = None) -> dict[str, str]:
    """Environment variables for dbt; another `database` than the last time makes it read its whole project again."""
    return {
        "KETENMONITOR_DATA_DIR": str(data_dir),
        "KETENMONITOR_WAREHOUSE": str(database),
        "KETENMONITOR_AS_OF": str(as_of or ""),  # also when empty: one that lies about would make a release of old figures
        "DO_NOT_TRACK": "1",
    }


def _places(settings: Settings) -> list[str]:
    # writing the manifest took 1 of 4 s, and nobody reads this one
    return ["--no-write-json", "--target-path", str(settings.dbt_target)]


def export_marts(folder: Path, built: Collection[str] | None = None) -> None:
    """Writes the `mart_` relations of the database in `folder` as Parquet under `folder/marts`, only those of `built` when given.

    mart_indicators is written per indicator, from the fact that it gathers: of 55 of them a revised delivery changes a few.
    """
    import duckdb

    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        names = [name for (name,) in connection.execute("select table_name from information_schema.tables order by 1").fetchall()]
        # through the mart, which leaves rows out: each fact holds one indicator, so the others are skipped by their statistics
        parts = {name: (f"{INDICATORS}/{name[4:]}", f"{INDICATORS} where indicator_id = '{name[4:]}'") for name in names if name.startswith("fct_")}
        parts |= {name: (f"{name}/all", name) for name in names if name.startswith("mart_") and name != INDICATORS}
        for name, (place, rows) in parts.items():
            if built is None or name in built:
                path = folder / "marts" / f"{place}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                connection.execute(f"copy (select * from {rows} order by all) to '{path}' (format parquet)")


def count_rows(marts: Path) -> dict[str, int]:
    """The rows of each mart, from the footers of its files."""
    import polars as pl

    return {mart.name: pl.scan_parquet(mart).select(pl.len()).collect().item() for mart in sorted(marts.iterdir())}
