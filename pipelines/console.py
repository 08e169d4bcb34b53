"""Dagster's console logger for people: what the steps say, not what the framework does. The command line listens in."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

import dagster as dg

Listener = Callable[[str, str], None]


def _print_line(level: str, message: str) -> None:
    if level != "STEP":
        print(f"{level.lower()}: {message}", file=sys.stderr)


_listeners: list[Listener] = [_print_line]


def listen(listener: Listener) -> None:
    """Sends every message of this process's runs to `listener(level, message)` instead of to stderr.

    `level` is INFO, WARNING, ERROR, or STEP when a step has ended (then the message is its key).
    """
    _listeners[:] = [listener]


class _Handler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        meta = getattr(record, "dagster_meta", {})
        event = meta.get("dagster_event")
        if event is None and record.levelno >= logging.INFO:
            _listeners[0](record.levelname, meta.get("orig_message") or record.getMessage())
        elif event is not None and event.event_type_value in ("STEP_SUCCESS", "STEP_FAILURE", "STEP_SKIPPED"):
            _listeners[0]("STEP", event.step_key or "")


@dg.logger({}, description="Lines that the steps themselves wrote")
def step_lines(_: dg.InitLoggerContext) -> logging.Logger:
    """A logger that passes on what steps say and when they end."""
    logger = logging.Logger("ketenmonitor", level=logging.DEBUG)  # the end of a step is a debug line of Dagster
    logger.addHandler(_Handler())
    return logger
