"""The warehouse as Dagster assets: every dbt model, with its tests as checks."""

import functools
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject, dbt_assets

from pipelines.modelling import build_models, run_dbt
from pipelines.rebuild import DBT_PROJECT, project_files
from pipelines.resources import Settings

project = DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT)


class HouseTranslator(DagsterDbtTranslator):
    """Asset keys `[stage, name]`, where the stage is the folder of the model; sources are the accepted deliveries, and what the register knows."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey([dbt_resource_props["source_name"], dbt_resource_props["name"]])
        return dg.AssetKey([self.get_group_name(dbt_resource_props), dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return "reference" if dbt_resource_props["resource_type"] == "seed" else dbt_resource_props["fqn"][1]

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str] | None:
        """The team of dbt's group: set once in dbt_project.yml, or for an indicator by its theme."""
        group = dbt_resource_props.get("config", {}).get("group")
        return [f"team:{group}"] if group else None

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        owner = dbt_resource_props.get("config", {}).get("meta", {}).get("owner")
        return {**super().get_metadata(dbt_resource_props), **({"owner": owner} if owner else {})}


def ensure_manifest() -> None:
    """Parses the dbt project when its manifest is absent or older than a file of the project.

    Not `DbtProject.prepare_if_dev`: that does nothing outside `dagster dev`, and there it wants a dbt command on the PATH.
    Raises RuntimeError with dbt's message when the project does not parse.
    """
    manifest = project.manifest_path
    if not manifest.exists() or manifest.stat().st_mtime < max(Path(path).stat().st_mtime for path in project_files()):
        list(run_dbt("parse"))


@functools.cache
def build_warehouse_assets() -> dg.AssetsDefinition:
    """The dbt assets; made when asked for, since they need a manifest."""
    ensure_manifest()
    translator = HouseTranslator(settings=DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

    @dbt_assets(manifest=project.manifest_path, project=project, dagster_dbt_translator=translator)
    def warehouse(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> Iterator[Any]:
        only = sorted({key.path[-1] for key in context.selected_asset_keys}) if context.is_subset else None
        built = build_models(settings, only)
        made = {translator.get_asset_key(node): result for node, result in built.nodes if node["resource_type"] != "test" and result.status == "success"}
        order = TopologicalSorter({spec.key: [dep.asset_key for dep in spec.deps] for spec in context.assets_def.specs}).static_order()
        for key in (key for key in order if key in context.selected_asset_keys):
            if key in made:
                yield dg.MaterializeResult(asset_key=key, metadata={"seconds": made[key].execution_time})
            elif not built.failure:  # no changed delivery reaches it, so it stands as it was; not told so, Dagster skips the quality report and the release
                yield dg.MaterializeResult(asset_key=key, metadata={"unchanged": True})
        checks = {key.name: key for key in context.selected_asset_check_keys}
        for node, result in built.nodes:
            if node["resource_type"] == "test" and node["name"] in checks:
                key = checks[node["name"]]
                severity = dg.AssetCheckSeverity.WARN if node["config"]["severity"].lower() == "warn" else dg.AssetCheckSeverity.ERROR
                found = {"failures": result.failures or 0}
                yield dg.AssetCheckResult(passed=result.status == "pass", asset_key=key.asset_key, check_name=key.name, severity=severity, metadata=found)
        if built.failure:
            raise dg.Failure(built.failure)
        context.log.info(f"warehouse: {built.rows.get('mart_indicators', 0):,} cells of indicators")

    return warehouse
