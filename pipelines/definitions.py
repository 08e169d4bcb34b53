"""All of Dagster's definitions: a list, and nothing computed."""

from __future__ import annotations

import dagster as dg

from data_contracts import all_contracts
from pipelines.deliveries import build_delivery, pulled_sources, unknown_files, written_calendar
from pipelines.publishing import published_release
from pipelines.quality import quality_report
from pipelines.resources import Settings
from pipelines.triggers import clock_sensor, ended_run_sensor, failed_run_sensor, inbox_sensor, nightly_job, nightly_schedule, pipeline_job
from pipelines.warehouse import build_warehouse_assets

deliveries = [asset for contract in all_contracts() for asset in build_delivery(contract)]

defs = dg.Definitions(
    assets=[pulled_sources, *deliveries, unknown_files, written_calendar, build_warehouse_assets(), quality_report, published_release],
    jobs=[pipeline_job, nightly_job],
    schedules=[nightly_schedule],
    sensors=[inbox_sensor, failed_run_sensor, ended_run_sensor, clock_sensor],
    resources={"settings": dg.ResourceDefinition(lambda _: Settings.from_environment(), description="Paths and addresses, read when a run starts")},
    executor=dg.in_process_executor,
)
