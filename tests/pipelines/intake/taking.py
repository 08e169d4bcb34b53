"""Takes one file through intake in a data folder of its own, and tells all that became of it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from data_contracts import contract_of
from pipelines.intake import register
from pipelines.intake.judging import judge_landed
from pipelines.intake.receiving import Notice, receive_inbox
from pipelines.resources import Settings

LONG_AGO = 60  # seconds: the inbox takes a file that has rested for some seconds


@dataclass(frozen=True)
class Taken:
    """What became of a file. `ends` as in the corpus; `says` is all that people can read of it; `seconds` and `peak` (bytes, of
    the processes that read it) are what it cost; `new` and `gone` are paths of the data folder, `changed` those with other bytes."""

    ends: str
    rule: str
    sentence: str
    says: str
    rows: tuple[int, int, int]  # in, accepted, quarantined
    quarantined_rules: frozenset[str]
    seconds: float
    peak: int
    new: frozenset[str]
    gone: frozenset[str]


def take(folder: Path, name: str, content: bytes, delivery: str) -> Taken:
    """Delivers `content` under `name` into an empty data folder at `folder`, and runs intake over it."""
    settings = Settings(data_dir=folder)
    settings.inbox.mkdir(parents=True)
    path = settings.inbox / name
    path.write_bytes(content)
    os.utime(path, (time.time() - LONG_AGO,) * 2)
    before, started = tree(folder), time.perf_counter()
    with peak_of_children() as peak:
        (notice,) = receive_inbox(settings, delivery)
        ends = "door"
        if notice.status == "received":
            (notice,) = judge_landed(settings, contract_of(delivery)).notices
            ends = "contract" if notice.status == "refused" else "accepted"
    seconds, after = time.perf_counter() - started, tree(folder)
    rows, rules = _judged(settings)
    if rows[2]:
        ends = "quarantine"
    answers = [answer.read_text(encoding="utf-8") for answer in settings.feedback.rglob("*") if answer.is_file()]
    new, gone = frozenset(after - before), frozenset(before - after)
    return Taken(ends, notice.rule or "", notice.sentence, "\n".join([notice.sentence, *answers]), rows, rules, seconds, max(peak), new, gone)


def tree(folder: Path) -> set[str]:
    """Every file below a folder, with a mark of its content; the register and its journals by name alone."""
    files = [path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()]
    return {f"{path.relative_to(folder)}" + ("" if path.name.startswith("register.sqlite") else f":{path.lstat().st_size}") for path in files}


def _judged(settings: Settings) -> tuple[tuple[int, int, int], frozenset[str]]:
    import polars as pl

    with register.open_register(settings.register) as lines:
        judged = lines.execute("select rows_in, rows_accepted, rows_quarantined from judged").fetchone()
    quarantined = [pl.read_parquet(path) for path in settings.quarantine.rglob("*.parquet")] if settings.quarantine.exists() else []
    return tuple(judged) if judged else (0, 0, 0), frozenset(rule for frame in quarantined for rule in frame["rule"])


@contextmanager
def peak_of_children() -> Iterator[list[int]]:
    """Measures what the processes that this one started hold at most, in bytes, while the block runs; the list grows."""
    peak, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.02):
            for child in psutil.Process().children(recursive=True):
                try:
                    peak.append(child.memory_info().rss)
                except psutil.Error:  # it has ended meanwhile
                    continue

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


__all__ = ["Notice", "Taken", "peak_of_children", "take", "tree"]
