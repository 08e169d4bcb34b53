"""What starts a run: a file that arrives, or the night; and who is told how it ended. Only the nightly job fetches from
outside, and only when sources are set."""

from collections.abc import Callable

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


NOBODY = dg.SkipReason("KETENMONITOR_NOTIFY names no channels: nobody is told.")
JOBS, RUNNING = [pipeline_job, nightly_job], dg.DefaultSensorStatus.RUNNING


@dg.run_failure_sensor(monitored_jobs=JOBS, default_status=RUNNING, description="Tells who must know that a run failed, once per cause")
def failed_run_sensor(context: dg.RunFailureSensorContext, settings: dg.ResourceParam[Settings]) -> dg.SkipReason | None:
    """What failed by the names of its steps; of an error that we did not foresee its kind alone, since its message may quote a row."""
    return _tell(context.log.warning, settings, "; ".join(map(_failure, context.get_step_failure_events())) or "the run failed before its first step")


@dg.run_status_sensor(
    dg.DagsterRunStatus.SUCCESS, monitored_jobs=JOBS, default_status=RUNNING, description="Tells who must know what a run found, once per cause"
)
def ended_run_sensor(context: dg.RunStatusSensorContext, settings: dg.ResourceParam[Settings]) -> dg.SkipReason | None:
    """After a run that went well: findings of severity fout, and deliveries that are late."""
    return _tell(context.log.warning, settings, None)


@dg.sensor(minimum_interval_seconds=600, default_status=RUNNING, description="Tells what the clock brings: late deliveries, the end of quiet hours")
def clock_sensor(settings: dg.ResourceParam[Settings]) -> dg.SkipReason:
    """Starts nothing."""
    if not settings.notify:
        return NOBODY
    from pipelines.notify import tell_standing

    return dg.SkipReason(" ".join(tell_standing(settings)) or "All that was due was told.")


def _tell(warn: Callable[[str], None], settings: Settings, failure: str | None) -> dg.SkipReason | None:
    if not settings.notify:
        return NOBODY
    from pipelines.notify import tell_run

    for sentence in tell_run(settings, failure):
        warn(sentence)
    return None


def _failure(event: dg.DagsterEvent) -> str:
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:  # of dg.Failure, which only we raise
        return f"{event.step_key}: {data.user_failure_data.description}"
    error = data.error and (data.error.cause or data.error)
    return f"{event.step_key}: {error.cls_name if error else 'failed'}"
