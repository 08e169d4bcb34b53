"""Runs the Dagster job in this process, for the command line: one run at a time, with a report in plain data."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pipelines.judgement import WaitingJudge
from pipelines.resources import PROJECT, Settings, pass_to_children


class AnotherRun(Exception):
    """A run is going on in the same data folder."""


@dataclass
class RunReport:
    """What a run did. `problems` are Dutch sentences about files that were refused; `failure` is set when nothing was published."""

    release: str | None = None
    failure: str | None = None
    problems: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    seconds: float = 0.0


def prepare_dagster_home(settings: Settings) -> None:
    """Makes Dagster's folder, with telemetry off, and tells children where it and the data are."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / ".dagster" / "dagster.yaml", settings.dagster_home / "dagster.yaml")
    pass_to_children(DAGSTER_HOME=str(settings.dagster_home), KETENMONITOR_DATA_DIR=str(settings.data_dir), DAGSTER_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")


def run_pipeline(settings: Settings, listener: Callable[[str, str], None]) -> RunReport:
    """From the inbox to a published release. `listener(level, message)` hears what the steps say (see `console.py`).

    Raises AnotherRun when the data folder is busy. The last good release stays in place whatever happens.
    """
    from filelock import FileLock, Timeout

    started = time.monotonic()
    settings.inbox.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.data_dir / ".run.lock", timeout=0):  # flock: the kernel frees it when the process dies
            report = _run(settings, listener)
    except Timeout:
        raise AnotherRun(f"another run is going on in {settings.data_dir}; wait for it to end") from None
    report.seconds = round(time.monotonic() - started, 1)
    return report


def _run(settings: Settings, listener: Callable[[str, str], None]) -> RunReport:
    prepare_dagster_home(settings)
    judge = WaitingJudge(settings)  # it imports Great Expectations on the other core meanwhile
    try:
        return _run_job(settings, listener, judge)
    finally:
        judge.close()


def _run_job(settings: Settings, listener: Callable[[str, str], None], judge: WaitingJudge) -> RunReport:
    from pipelines.warehouse import ensure_manifest

    ensure_manifest()
    import dagster as dg

    from pipelines import console, quality
    from pipelines.definitions import defs
    from pipelines.intake.overview import overview_deliveries
    from pipelines.release import ReleaseError, current_id

    report = RunReport()

    def heard(level: str, message: str) -> None:
        if level == "WARNING":
            report.problems.append(message)
        listener(level, message)

    console.listen(heard)
    quality.waiting[:] = [judge]
    job = defs.resolve_job_def("ketenmonitor")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False, resources={"settings": settings})
    late = overview_deliveries(settings, date.today()).filter(status="te laat")
    report.stale = [f"{row['delivery']}: nieuwste periode {row['newest_period']}" for row in late.iter_rows(named=True)]
    try:
        report.release = current_id(settings.releases)
    except ReleaseError as error:
        report.failure = str(error)
    if not result.success:
        failed = [event for event in result.all_events if event.is_step_failure]
        report.failure = "; ".join(f"{event.step_key}: {_reason(event)}" for event in failed) or "the run failed"
    return report


def _reason(event: object) -> str:
    error = event.step_failure_data.error  # type: ignore[attr-defined]
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip().splitlines()[0] if error else "no reason given"
