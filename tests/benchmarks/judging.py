"""Judging large and small files beside the bare library: each in a process of its own, in turns, so that both meet the same machine."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.wide import Wide, write_dirty_csv, write_parquet
from tests.conftest import PROJECT

LARGE, DIRTY, SMALL = 10_000_000, 2_000_000, 1_000  # rows
RUNS = 3
MOST_LARGE, MOST_DIRTY, MOST_SMALL, MOST_PEAK = 1.5, 2.5, 0.1, 1.5  # ratio, ratio, seconds, GB
RECEIVED = dt.datetime.fromisoformat("2026-10-01")

#: Pandera's name of a check → what DuckDB finds wrong.
SQL: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "isin": lambda cell, given: f"{cell} not in ({', '.join(repr(value) for value in given['allowed_values'])})",
    "greater_than_or_equal_to": lambda cell, given: f"{cell} < {_literal(given['min_value'])}",
    "less_than_or_equal_to": lambda cell, given: f"{cell} > {_literal(given['max_value'])}",
    "str_matches": lambda cell, given: f"not regexp_matches({cell}, '{given['pattern']}')",
    "str_length": lambda cell, given: f"length({cell}) < {given['min_value']}",
}
RULES = {"opvang": "wachtdagen > nachten", "schade": "aantal <= 0 and schade <> 0"}


def _literal(value: object) -> str:
    return f"date '{value}'" if isinstance(value, dt.date) else str(value)


def duckdb_checks(path: Path) -> None:
    """The rules of the contract in one query: each bad row with a mark for every rule that it breaks, written as Parquet."""
    import duckdb

    schema = Wide.to_schema()
    wrong = {f"{name} {check.name}": SQL[str(check.name)](name, check.statistics) for name, column in schema.columns.items() for check in column.checks}
    wrong |= {f"{name} empty": f"{name} is null" for name, column in schema.columns.items() if not column.nullable} | RULES
    wrong["key"] = f"count(*) over (partition by {', '.join(Wide.key())}) > 1"
    marks = ", ".join(f'coalesce({condition}, false) as "{name}"' for name, condition in wrong.items())
    bad = " or ".join(f'"{name}"' for name in wrong)
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {os.cpu_count()}")
        query = f"select * from (select *, {marks} from read_parquet('{path}', file_row_number = true)) where {bad}"
        connection.execute(f"copy ({query}) to '{path.with_suffix('.duckdb')}' (format parquet)")


def polars_reads(path: Path) -> None:
    """The whole file as strings."""
    import polars as pl

    pl.read_csv(path, separator=";", infer_schema=False, encoding="cp1252")


def judges(path: Path) -> None:
    """From the file to accepted and quarantine Parquet."""
    _judge(path, path.with_suffix(".accepted"))


def checks(path: Path) -> None:
    """The bad rows to quarantine, the good ones counted."""
    _judge(path, None)


def _judge(path: Path, accepted: Path | None) -> None:
    from pipelines.intake.checking import judge
    from pipelines.intake.reading import open_extract

    quarantine = path.with_suffix(".quarantine")
    verdict = judge(path.name, open_extract(path, path.name, Wide), Wide, accepted=accepted, quarantine=quarantine, sha256="a" * 64, received_at=RECEIVED)
    assert verdict.rows_in == verdict.accepted + verdict.quarantined
    assert verdict.quarantined


WORK = {work.__name__: work for work in (duckdb_checks, polars_reads, judges, checks)}


def measure(work: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """Seconds and peak memory (GB) of work in a process of its own, which `tell_cost` of its module ends; imports are not timed."""
    command = [sys.executable, "-m", work.__module__, work.__name__, str(path)]
    told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    seconds, peak = json.loads(told.splitlines()[-1])
    return seconds, peak


def beside(ours: Callable[[Path], None], reference: Callable[[Path], None], path: Path, what: str, most: float) -> None:
    """Prints the ratio of medians, in turns, and our peak memory."""
    runs = [(measure(reference, path)[0], *measure(ours, path)) for _ in range(RUNS)]
    theirs, mine = statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
    peak = max(run[2] for run in runs)
    print(f"{what}: {mine:.1f} s, {reference.__name__} {theirs:.1f} s, ratio {mine / theirs:.2f} (at most {most}), peak {peak:.2f} GB (at most {MOST_PEAK})")


def bench_judging(folder: Path) -> None:
    """Prints the three figures that the intake is held to; compare ratios, not seconds."""
    large, dirty = folder / "wide.parquet", folder / "wide.csv"
    write_parquet(large, LARGE)
    beside(checks, duckdb_checks, large, f"Parquet of {LARGE:,} rows and 15 columns, checked with quarantine written", MOST_LARGE)
    beside(judges, duckdb_checks, large, "the same with the good rows written too, which the query does not do", MOST_LARGE)
    large.unlink()
    write_dirty_csv(dirty, DIRTY)
    beside(judges, polars_reads, dirty, f"dirty cp1252 CSV of {DIRTY:,} rows, from file to accepted Parquet", MOST_DIRTY)
    write_dirty_csv(dirty, SMALL)
    judges(dirty)
    times = []
    for _ in range(10):
        started = time.perf_counter()
        judges(dirty)
        times.append(time.perf_counter() - started)
    print(f"CSV of {SMALL:,} rows in a warm process: {1000 * statistics.median(times):.0f} ms (at most {1000 * MOST_SMALL:.0f})")


def tell_cost(work: Mapping[str, Callable[[Path], None]]) -> None:
    """In a process of its own: does the named work on a path once, and prints seconds and peak memory (GB) as JSON."""
    named, path = work[sys.argv[1]], Path(sys.argv[2])
    started = time.perf_counter()
    named(path)
    print(json.dumps([time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6]))


if __name__ == "__main__":
    from pipelines.intake import checking, reading  # noqa: F401 - imported before the clock starts

    tell_cost(WORK)
