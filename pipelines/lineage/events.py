"""The events of a stage's start and end, one JSON object per line of a file. Nothing is sent, and nothing here makes a stage fail."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from openlineage.client.event_v2 import BaseEvent, Job, JobEvent, Run, RunEvent, RunState
from openlineage.client.facet_v2 import documentation_job, error_message_run, job_type_job, processing_engine_run
from openlineage.client.serde import Serde
from openlineage.client.uuid import generate_new_uuid

from pipelines.catalogue import load_catalogue
from pipelines.lineage.datasets import NAMESPACE, VERSION, give, take, version
from pipelines.lineage.stages import STAGES, Step, Telling
from pipelines.resources import Settings

LOGGER = logging.getLogger(__name__)
R = TypeVar("R")


def follow(stage: str, work: Callable[..., R], settings: Settings, *args: Any, **kwargs: Any) -> R:
    """Does the work of a stage between its events, and gives its result; what it raises is told by its kind and passes on."""
    assert settings.openlineage
    place, run, telling = settings.openlineage, str(generate_new_uuid()), STAGES[stage](settings, *args, **kwargs)
    step = _safely(lambda: next(telling, None))
    if step is None:
        return work(settings, *args, **kwargs)
    _safely(lambda: _append(place, _event(RunState.START, run, step)))
    try:
        result = work(settings, *args, **kwargs)
    except BaseException as error:
        kind = type(error).__name__  # and not its message, which may quote a row
        _safely(lambda: _append(place, _event(RunState.FAIL, run, step, kind)))
        raise
    _safely(lambda: _complete(telling, result))
    _safely(lambda: _append(place, _event(RunState.FAIL if step.failure else RunState.COMPLETE, run, step, step.failure)))
    if stage == "models" and not step.failure:
        _safely(lambda: _append(place, *_of_indicators()))
    return result


def _safely(tell: Callable[[], R]) -> R | None:
    try:
        return tell()
    except Exception as error:  # lineage tells of the work, and must not stop it; the message may quote what was read
        LOGGER.warning("lineage: an event could not be told (%s)", type(error).__name__)
        return None


def _complete(telling: Telling, result: object) -> None:
    with contextlib.suppress(StopIteration):
        telling.send(result)


def _event(state: RunState, run: str, step: Step, failure: str | None = None) -> RunEvent:
    facets: dict[str, Any] = {"processing_engine": processing_engine_run.ProcessingEngineRunFacet(VERSION, NAMESPACE)}
    if failure:
        facets["errorMessage"] = error_message_run.ErrorMessageRunFacet(failure, "PYTHON")
    return RunEvent(eventTime=_now(), run=Run(run, facets), job=_job(step.job, step.doc), eventType=state, inputs=step.inputs, outputs=step.outputs)


def _job(name: str, doc: str) -> Job:
    kind = job_type_job.JobTypeJobFacet(processingType="BATCH", integration=NAMESPACE.upper(), jobType="STAGE")
    return Job(NAMESPACE, name, facets={"jobType": kind, "documentation": documentation_job.DocumentationJobFacet(doc)})


def _of_indicators() -> Iterator[JobEvent]:
    """How each indicator comes from deliveries, and the mart from the indicators: the way along which a figure can be followed."""
    indicators: list[dict[str, Any]] = load_catalogue()
    for one in indicators:
        made = give(f"indicators/{one['indicator_id']}", version(one["version"]))
        sources = [take(f"accepted/{delivery}") for delivery in one["sources"]]
        yield JobEvent(eventTime=_now(), job=_job(f"measure/{one['indicator_id']}", one["definition"]), inputs=sources, outputs=[made])
    gathered = [take(f"indicators/{one['indicator_id']}") for one in indicators]
    yield JobEvent(eventTime=_now(), job=_job("gather/mart_indicators", "Gathers all indicators"), inputs=gathered, outputs=[give("marts/mart_indicators")])


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def _append(place: Path, *events: BaseEvent) -> None:
    """Whole lines at the end of the file, or of one per day in the folder: the judge is a process of its own, and writes there too."""
    file = place / f"openlineage-{dt.datetime.now(dt.UTC):%Y-%m-%d}.jsonl" if place.is_dir() else place
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{Serde.to_json(event)}\n" for event in events).encode()
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, lines)
    finally:
        os.close(handle)
