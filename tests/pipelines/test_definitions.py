"""What Dagster shows: one asset per stage and delivery, with owner, group, description, checks and freshness."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import pytest

from data_contracts import all_contracts, contract_of
from pipelines.deliveries import build_delivery
from pipelines.resources import Settings
from pipelines.triggers import inbox_sensor
from pipelines.warehouse import ensure_manifest
from tests.conftest import PROJECT
from validation.declared import all_declared

DELIVERIES = [contract.terms().delivery for contract in all_contracts()]


@pytest.fixture(scope="module")
def defs() -> dg.Definitions:
    ensure_manifest()
    from pipelines.definitions import defs

    return defs


def specs(defs: dg.Definitions) -> dict[tuple[str, ...], dg.AssetSpec]:
    return {tuple(spec.key.path): spec for spec in defs.resolve_all_asset_specs()}


def test_every_delivery_has_an_asset_per_stage_up_to_its_staging_model(defs: dg.Definitions) -> None:
    known = specs(defs)
    for delivery in DELIVERIES:
        assert {("landed", delivery), ("accepted", delivery), ("staging", f"stg_{delivery}")} <= known.keys()
        assert known["accepted", delivery].deps[0].asset_key == dg.AssetKey(["landed", delivery])
        assert known["staging", f"stg_{delivery}"].deps[0].asset_key == dg.AssetKey(["accepted", delivery])


def test_every_asset_is_described_and_grouped(defs: dg.Definitions) -> None:
    for key, spec in specs(defs).items():
        assert spec.description, key
        assert spec.group_name not in (None, "default"), key


def test_every_model_is_owned_by_one_team_and_an_indicator_by_that_of_its_theme(defs: dg.Definitions) -> None:
    models = {key: spec for key, spec in specs(defs).items() if key[0] in ("staging", "intermediate", "dimensions", "indicators", "marts")}
    assert all(len(spec.owners) == 1 for spec in models.values())
    assert models["indicators", "fct_ja_drugs"].owners == ["team:jonge_aanwas"]
    assert models["marts", "mart_indicators"].owners == ["team:warehouse"]
    assert all("owner" in spec.metadata for spec in models.values())


def test_our_own_assets_have_an_owner_and_kinds(defs: dg.Definitions) -> None:
    for key, spec in specs(defs).items():
        if key[0] in ("pulled", "landed", "accepted", "judged", "published"):
            assert spec.owners, key
            assert spec.kinds, key


def test_the_contract_blocks_and_the_newest_file_only_warns(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    checks = {(check.asset_key.path[-1], check.name): check for check in graph.asset_check_keys}
    for delivery in DELIVERIES:
        assert graph.get_check_spec(checks[delivery, "contract_holds"]).blocking
        assert not graph.get_check_spec(checks[delivery, "newest_file_accepted"]).blocking


def test_every_expectation_is_an_asset_check_with_its_severity_and_dimension(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    specs = {check.name: graph.get_check_spec(check) for check in graph.asset_check_keys if check.asset_key.path == ["judged", "quality"]}
    assert set(specs) == {f"{suite}__{check.id}" for suite, checks in all_declared().items() for check in checks}
    spec = specs["mart_indicators_rates__rates_possible"]
    assert (spec.metadata["severity"], spec.metadata["dimension"]) == ("fout", "juistheid")
    assert spec.description == "Een verhoudingscijfer is niet negatief en niet groter dan het geheel."


def test_loading_the_checks_imports_no_great_expectations() -> None:
    code = "import sys, pipelines.quality; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def test_dbt_tests_and_great_expectations_suites_are_asset_checks(defs: dg.Definitions) -> None:
    stages = {check.asset_key.path[0] for check in defs.resolve_asset_graph().asset_check_keys}
    assert {"accepted", "intermediate", "marts", "judged", "published"} <= stages


def test_a_late_or_missing_delivery_warns_with_its_due_date_and_partner(tmp_path: Path) -> None:
    landed, accepted = build_delivery(contract_of("om_zaken"))
    settings = Settings(data_dir=tmp_path)
    settings.inbox.mkdir()
    with dg.DagsterInstance.ephemeral() as instance:
        run = dg.materialize([landed, accepted], resources={"settings": settings}, instance=instance)
    (check,) = [check for check in run.get_asset_check_evaluations() if check.check_name == "delivery_is_on_time"]
    told = {name: value.value for name, value in check.metadata.items()}
    assert (check.passed, check.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert (told["status"], told["partner"], told["newest_period"]) == ("ontbreekt", contract_of("om_zaken").terms().partner, "")
    assert told["due"] < settings.today.isoformat()


def test_accepted_deliveries_grow_stale_by_the_rhythm_of_their_contract(defs: dg.Definitions) -> None:
    known = specs(defs)
    windows = {delivery: known["accepted", delivery].freshness_policy.fail_window.to_timedelta().days for delivery in DELIVERIES}  # type: ignore[union-attr]
    assert windows["politie_online_registraties"] == 31 + 21
    assert windows["comensha_slachtoffers"] == 92 + 42
    assert windows["gemeente_basisniveau"] == 366 + 60


def test_only_the_nightly_job_fetches_from_outside(defs: dg.Definitions) -> None:
    pulled = dg.AssetKey(["pulled", "sources"])
    jobs = {name: defs.resolve_job_def(name) for name in ("ketenmonitor", "ketenmonitor_nightly")}
    assert {name: pulled in job.asset_layer.executable_asset_keys for name, job in jobs.items()} == {"ketenmonitor": False, "ketenmonitor_nightly": True}
    assert {job.executor_def.name for job in jobs.values()} == {"in_process"}
    assert defs.resolve_schedule_def("nightly").job_name == "ketenmonitor_nightly"
    assert defs.resolve_sensor_def("inbox_sensor").job_name == "ketenmonitor"


def test_what_is_fetched_is_fetched_before_the_inbox_is_read(defs: dg.Definitions) -> None:
    for key, spec in specs(defs).items():
        if key[0] == "landed":
            assert dg.AssetKey(["pulled", "sources"]) in {dependency.asset_key for dependency in spec.deps}, key


def test_without_sources_the_nightly_job_calls_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines import deliveries

    monkeypatch.setattr(deliveries, "pull_everything", lambda settings: pytest.fail("somebody was called"))
    result = dg.materialize([deliveries.pulled_sources], resources={"settings": Settings(data_dir=tmp_path)}, instance=dg.DagsterInstance.ephemeral())
    assert result.success


def test_the_sensor_starts_a_run_for_a_new_file_and_not_again_for_one_that_stays(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.inbox.mkdir()
    with dg.DagsterInstance.ephemeral() as instance:

        def tick(cursor: str | None) -> dg.SensorResult | dg.SkipReason:
            return inbox_sensor(dg.build_sensor_context(instance=instance, cursor=cursor, resources={"settings": settings}))

        assert isinstance(tick(None), dg.SkipReason)
        file = settings.inbox / "comensha_slachtoffers_2026Q3.csv"
        file.write_bytes(b"x")
        assert isinstance(tick(None), dg.SkipReason)  # written just now: the next tick sees whether it has settled
        os.utime(file, (time.time() - 60,) * 2)
        first = tick(None)
        assert isinstance(first, dg.SensorResult)
        assert len(first.run_requests or []) == 1
        assert isinstance(tick(first.cursor), dg.SkipReason)


@pytest.mark.slow
def test_dagster_dev_loads_the_workspace_without_an_error_or_warning_of_ours(tmp_path: Path) -> None:
    """As `ketenmonitor dev` does, where no virtual environment is active and so no dbt command is on the PATH."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("KETENMONITOR_", "DAGSTER_"))}
    environment |= {"PATH": "/usr/bin:/bin", "DAGSTER_IS_DEV_CLI": "1", "DAGSTER_HOME": str(tmp_path), "KETENMONITOR_DATA_DIR": str(tmp_path)}
    (tmp_path / "dagster.yaml").write_bytes((PROJECT / ".dagster" / "dagster.yaml").read_bytes())
    command = [sys.executable, "-m", "dagster", "definitions", "validate", "-w", "workspace.yaml"]
    outcome = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False, timeout=240)
    said = outcome.stdout + outcome.stderr
    assert outcome.returncode == 0, said
    assert "Validation successful for code location ketenmonitor" in said
    assert not [line for line in said.splitlines() if ("WARNING" in line or "ERROR" in line or "Warning" in line) and "Supersession" not in line]
