"""The warehouse: dbt models as assets, built from accepted Parquet into DuckDB, the marts kept as Parquet.

The database is derived: a run that was killed leaves nothing that needs mending, the next one builds it anew.
"""

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject, dbt_assets

from pipelines.rebuild import DBT_PROJECT, plan_build, project_files, remember
from pipelines.resources import Settings, pass_to_children

project = DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT)
STAGES = {"staging": "staging", "intermediate": "intermediate", "dimensions": "dimensions", "indicators": "indicators", "marts": "marts"}


class HouseTranslator(DagsterDbtTranslator):
    """Asset keys `[stage, name]`; sources are the accepted deliveries."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey(["accepted", dbt_resource_props["name"]])
        return dg.AssetKey([self.get_group_name(dbt_resource_props), dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        if dbt_resource_props["resource_type"] == "seed":
            return "reference"
        return STAGES[dbt_resource_props["fqn"][1]]


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


def ensure_manifest() -> None:
    """Parses the dbt project when its manifest is absent or older than a file of the project.

    Outside `dagster dev`, `DbtProject.prepare_if_dev` does nothing, and definitions fail without a manifest.
    Raises RuntimeError with dbt's message when the project does not parse.
    """
    manifest = project.manifest_path
    if not manifest.exists() or manifest.stat().st_mtime < max(Path(path).stat().st_mtime for path in project_files()):
        list(run_dbt("parse"))


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


@functools.cache
def build_warehouse_assets() -> dg.AssetsDefinition:
    """The dbt assets; made when asked for, since they need a manifest."""
    project.prepare_if_dev()

    translator = HouseTranslator(settings=DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

    @dbt_assets(manifest=project.manifest_path, project=project, dagster_dbt_translator=translator)
    def warehouse(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> Iterator[Any]:
        pass_to_children(KETENMONITOR_DATA_DIR=str(settings.data_dir), DO_NOT_TRACK="1")
        selection = ["--select", *sorted({key.path[-1] for key in context.selected_asset_keys})] if context.is_subset else plan_build(settings)
        checks = {key.name: key for key in context.selected_asset_check_keys}
        failed = []
        for node, result in run_dbt("build", "--exclude-resource-type", "unit_test", "--target-path", str(settings.dbt_target), *selection):
            if result.status in ("error", "fail", "runtime error"):
                failed.append(f"{node['name']} ({result.status})")  # not dbt's message: DuckDB quotes values in it
            if node["resource_type"] == "test" and node["name"] in checks:
                warn = dg.AssetCheckSeverity.WARN if node["config"]["severity"].lower() == "warn" else dg.AssetCheckSeverity.ERROR
                key = checks[node["name"]]
                found = {"failures": result.failures or 0}
                yield dg.AssetCheckResult(passed=result.status == "pass", asset_key=key.asset_key, check_name=key.name, severity=warn, metadata=found)
            elif node["resource_type"] != "test" and result.status == "success":
                yield dg.MaterializeResult(asset_key=translator.get_asset_key(node), metadata={"seconds": result.execution_time})
        if failed:
            raise dg.Failure(f"dbt build: {len(failed)} node(s) failed: {'; '.join(failed[:3])}. Look at them with `dbt build --select NAME` in dbt_project.")
        rows = export_marts(settings.warehouse, settings.marts)
        if not context.is_subset:
            remember(settings)
        context.log.info(f"warehouse: {rows.get('mart_indicators', 0):,} cells of indicators")

    return warehouse
