"""What starts a run: a file that arrives, or the night. Only the nightly job fetches from outside, and only when sources are set."""

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here

from pipelines.intake.connectors.inbox import complete_files
from pipelines.resources import Settings

pipeline_job = dg.define_asset_job(
    "ketenmonitor",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(["pulled", "sources"]),
    description="From the inbox to a published release, without a network",
    executor_def=dg.in_process_executor,
)

nightly_job = dg.define_asset_job(
    "ketenmonitor_nightly",
    selection=dg.AssetSelection.all(),
    description="Fetch from the sources of partners and the open-data services, then from the inbox to a published release",
    executor_def=dg.in_process_executor,
)

nightly_schedule = dg.ScheduleDefinition(
    name="nightly", job=nightly_job, cron_schedule="30 5 * * *", execution_timezone="Europe/Amsterdam", description="Every morning before the working day"
)


@dg.sensor(
    job=pipeline_job,
    minimum_interval_seconds=60,
    description="Starts a run when a complete file lies in the inbox",
)
def inbox_sensor(context: dg.SensorEvaluationContext, settings: dg.ResourceParam[Settings]) -> dg.SensorResult | dg.SkipReason:
    """One run per state of the inbox; refused files that stay there do not start it again."""
    files = complete_files(settings.inbox, lambda _: True, wait=False)
    if not files:
        return dg.SkipReason("The inbox is empty.")
    state = ";".join(f"{path}:{path.stat().st_size}:{int(path.stat().st_mtime)}" for path in files)
    if state == context.cursor:
        return dg.SkipReason(f"{len(files)} file(s) in the inbox, none of them new.")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=state)
