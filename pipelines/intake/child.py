"""Runs the reading of a partner's file in a process of its own, with limits on memory and time.

A workbook of 4 KiB makes calamine ask for 512 GiB and abort its process, which no `except` catches. Here the process that
aborts is a warm worker: the delivery is refused with a sentence, and the next one gets a fresh worker.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import inspect
import multiprocessing
import os
import resource
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import TimeoutError as OutOfTime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from pipelines.intake import limits
from pipelines.intake.refusal import DeliveryRefused
from pipelines.resources import forget_secrets

if TYPE_CHECKING:
    from pebble import ProcessPool

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

OUT_OF_MEMORY = 99  # exit code of a worker that stopped itself
FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")

_inside = False  # whether this process is a worker


class ChildFailed(RuntimeError):
    """Our own code stumbled in the child. Says which error at which line, never its message: that may quote a row."""


def run_in_child(function: Callable[Parameters, Result], *arguments: Parameters.args, **options: Parameters.kwargs) -> Result:
    """Calls a function of a module in a worker and gives its result; all must be picklable. A worker calls it on the spot.

    Raises DeliveryRefused: its own, or one with a sentence when the worker crashed, or took too long or too much memory; the
    sentence names the file by the function's argument `name`. Raises ChildFailed for any other error.
    """
    if _inside:
        return function(*arguments, **options)
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    try:
        outcome = _pool(os.getpid()).schedule(_call, args=(function, arguments, options), timeout=limits.MOST_SECONDS).result()
    except OutOfTime:
        reason = f"het lezen duurde langer dan {limits.MOST_SECONDS} seconden"
    except ProcessExpired as expired:
        too_big = f"het lezen vroeg meer dan {limits.MOST_MEMORY / 1e9:.1f} GB geheugen".replace(".", ",")
        reason = too_big if expired.exitcode == OUT_OF_MEMORY else "het leesprogramma liep erop vast"
    except BrokenProcessPool:
        _pool.cache_clear()
        raise ChildFailed("the worker does not start") from None
    else:
        match outcome:
            case DeliveryRefused() | ChildFailed():
                raise outcome
            case MemoryError():
                reason = "het is te groot om te lezen"
            case _:
                return outcome[0]  # type: ignore[no-any-return]
    name = inspect.signature(function).bind(*arguments, **options).arguments.get("name", "het bestand")
    raise DeliveryRefused("onleesbaar", f"{name}: het bestand is niet te lezen, want {reason}. Controleer of het heel is, of lever het in kleinere delen aan.")


def _call(function: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """In the worker: the result in a tuple of one, or the error."""
    try:
        return (function(*arguments, **options),)
    except DeliveryRefused as refused:
        return DeliveryRefused(refused.rule, refused.sentence, refused.broken, refused.rows_in)  # without its causes, which may quote a row
    except MemoryError:
        return MemoryError()
    except BaseException as error:  # a Rust panic is a BaseException
        place = traceback.extract_tb(error.__traceback__)[-1]
        return ChildFailed(f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}")


@functools.cache
def _pool(process: int) -> ProcessPool:
    """The pool of this process; a fork of it gets its own. One worker: a delivery is read by all cores already."""
    from pebble import ProcessPool

    pool = ProcessPool(max_workers=1, max_tasks=limits.MOST_JOBS, initializer=_prepare, context=multiprocessing.get_context("spawn"))
    atexit.register(_close, pool, process)
    return pool


def _close(pool: ProcessPool, process: int) -> None:
    if process == os.getpid():  # not in a fork, which would end the workers of its parent
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _prepare() -> None:
    """In the worker: no secrets, no words on the screen, no network, and bounded memory."""
    global _inside
    _inside = True
    forget_secrets()
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(quiet, stream)  # Rust writes what it was reading when it panics
    resource.setrlimit(resource.RLIMIT_DATA, (limits.MOST_MEMORY_ASKED, limits.MOST_MEMORY_ASKED))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_network)
    threading.Thread(target=_watch_memory, daemon=True).start()


def _watch_memory() -> None:
    """Ends the worker as soon as it holds more than its share; what asks for far more at once meets the limit of the system."""
    while True:
        with contextlib.suppress(OSError):  # no /proc outside Linux: there only the limit of the system counts
            status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
            if int(status.partition("RssAnon:")[2].split()[0]) * 1024 > limits.MOST_MEMORY:
                os._exit(OUT_OF_MEMORY)
        time.sleep(0.02)


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event in FORBIDDEN:
        raise PermissionError(f"the reader of partner files may not call {event}")
