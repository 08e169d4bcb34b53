"""Runs all stages in this process, for the command line: one run at a time, with a report in plain data.

The same functions are Dagster's assets (`deliveries.py`, `warehouse.py`, `quality.py`, `publishing.py`). Importing Dagster costs
3 s of a run that has 15, so the command line calls them directly; schedule, sensor and page are Dagster's.
"""

from __future__ import annotations

import datetime as dt
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.judgement import WaitingJudge
from pipelines.modelling import build_models, reading_project
from pipelines.resources import Settings

Tell = Callable[[str, str], None]


class AnotherRun(Exception):
    """A run is going on in the same data folder."""


class StageFailed(Exception):
    """A stage cannot go on; the message says why and what to do."""


@dataclass
class RunReport:
    """What a run did. `problems` are Dutch sentences about files that were refused; `failure` is set when nothing was published.
    `folder` is the data folder that it filled."""

    folder: str
    release: str | None = None
    failure: str | None = None
    problems: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    seconds: float = 0.0


def run_pipeline(settings: Settings, tell: Tell, as_of: dt.datetime | None = None) -> RunReport:
    """From the inbox to a published release. `tell(level, message)` hears what happens: INFO, WARNING (a refused file),
    STEP (a stage of one delivery, or of all, has ended). With `as_of` (UTC, without zone) nothing is received: the figures as
    known then are made in a folder of their own.

    Raises AnotherRun when the data folder is busy, and AsOfRefused. The last good release stays in place whatever happens.
    """
    from filelock import FileLock, Timeout

    from pipelines.as_of import lay_out

    started = time.monotonic()
    settings.inbox.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.data_dir / ".run.lock", timeout=0):  # flock: the kernel frees it when the process dies
            chosen = settings if as_of is None else lay_out(settings, as_of)
            report = RunReport(str(chosen.data_dir))
            _run(chosen, tell, report)
    except Timeout:
        raise AnotherRun(f"another run is going on in {settings.data_dir}; wait for it to end") from None
    if settings.notify and as_of is None:
        from pipelines.notify import tell_run

        for sentence in tell_run(settings, report.failure):
            tell("WARNING", sentence)
    report.seconds = round(time.monotonic() - started, 1)
    return report


def _run(settings: Settings, tell: Tell, report: RunReport) -> None:
    judge = WaitingJudge(settings)  # it imports Great Expectations on the other core meanwhile
    try:
        with reading_project(settings) as project:
            _run_stages(settings, tell, report, judge, project)
    except StageFailed as failed:
        report.failure = str(failed)
    except Exception as error:  # whatever it is, the message may quote a row: its kind and place are enough to find it
        where = traceback.extract_tb(error.__traceback__)[-1]
        report.failure = (
            f"unexpected {type(error).__name__} at {Path(where.filename).name}:{where.lineno}; run the stage in Dagster (`ketenmonitor dev`) to see more"
        )
    finally:
        judge.close()
    _say_where_we_are(settings, report)


def _run_stages(settings: Settings, tell: Tell, report: RunReport, judge: WaitingJudge, project: Future[Any]) -> None:
    from data_contracts import all_contracts
    from pipelines.intake.corrections import CorrectionsInvalid
    from pipelines.intake.judging import find_broken, judge_landed
    from pipelines.intake.opendata import gather_open_data
    from pipelines.intake.receiving import Notice, receive_inbox

    def say(notices: list[Notice]) -> None:
        for notice in notices:
            if notice.status == "refused":
                report.problems.append(notice.sentence)
            tell("WARNING" if notice.status == "refused" else "INFO", notice.sentence)
        tell("STEP", "")

    for contract in all_contracts():
        delivery = contract.terms().delivery
        say([] if settings.as_of else receive_inbox(settings, delivery) + gather_open_data(settings, contract, ask_service=False))
        try:
            accepted = judge_landed(settings, contract)
        except CorrectionsInvalid as error:
            raise StageFailed(str(error)) from None
        say(accepted.notices)
        if broken := find_broken(settings, contract, accepted):
            raise StageFailed(f"accepted/{delivery}: {len(broken)} file(s) do not hold the contract ({', '.join(broken)}); remove them, they are made again")
    say([] if settings.as_of else receive_inbox(settings, None))
    _model_judge_publish(settings, tell, judge, project)


def _model_judge_publish(settings: Settings, tell: Tell, judge: WaitingJudge, project: Future[Any]) -> None:
    from pipelines.publication import publish_release
    from pipelines.release import ReleaseError

    try:
        built = build_models(settings, project=project)
    except RuntimeError as error:
        raise StageFailed(str(error)) from None
    except OSError as error:
        raise StageFailed(f"the warehouse could not be written ({type(error).__name__}): is the disk full? The one in use is as it was.") from None
    if built.failure:
        raise StageFailed(built.failure)
    tell("INFO", f"warehouse: {built.rows.get('mart_indicators', 0):,} cells of indicators")
    tell("STEP", "")
    judge.start()

    def wait_for_quality() -> dict[str, Any]:
        summary = judge.wait()
        tell("INFO", f"quality: {summary['verdict']}, {len(summary['findings'])} findings")
        tell("STEP", "")
        return summary

    try:
        release = publish_release(settings, wait_for_quality)
    except ReleaseError as error:
        raise StageFailed(str(error)) from None
    tell("INFO", f"release {release}: published")
    tell("STEP", "")


def _say_where_we_are(settings: Settings, report: RunReport) -> None:
    """Which release is in use, and which deliveries are late."""
    from pipelines.intake.overview import overview_deliveries
    from pipelines.release import ReleaseError, current_id

    late = overview_deliveries(settings, settings.today).filter(status="te laat")
    report.stale = [f"{row['delivery']}: nieuwste periode {row['newest_period']}" for row in late.iter_rows(named=True)]
    try:
        report.release = current_id(settings.releases)
    except ReleaseError as error:
        report.failure = report.failure or str(error)
