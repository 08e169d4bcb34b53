"""OpenLineage events of every stage, where they are switched on: the functions that the command line and Dagster share are marked as stages."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from pipelines.resources import Settings

P = ParamSpec("P")
R = TypeVar("R")


def as_stage(stage: str) -> Callable[[Callable[Concatenate[Settings, P], R]], Callable[Concatenate[Settings, P], R]]:
    """Marks a function of settings and more as a stage (`stages.STAGES`): its start and end become events where `settings.openlineage` is set.
    Where it is not, or the figures are of an earlier moment, the function is called as it is and nothing is imported."""

    def mark(work: Callable[Concatenate[Settings, P], R]) -> Callable[Concatenate[Settings, P], R]:
        @functools.wraps(work)
        def told(settings: Settings, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if settings.openlineage is None or settings.as_of:
                return work(settings, *args, **kwargs)
            from pipelines.lineage.events import follow

            return follow(stage, work, settings, *args, **kwargs)

        return told

    return mark
