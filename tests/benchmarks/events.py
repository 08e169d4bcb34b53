"""A hundred million events of online crime through the models, beside DuckDB's own scan and group-by of the same Parquet.

Another size, or one look: `python -c "from tests.benchmarks.events import bench_events; bench_events(10_000_000)"`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import os
import statistics
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data_contracts import contract_of
from tests.benchmarks.judging import measure, tell_cost
from tests.benchmarks.wide import TEAMS
from tests.dbt_project import accepted
from tests.dbt_project.conftest import PROJECT as DBT_PROJECT
from tests.dbt_project.conftest import dbt_settings

DELIVERY = "politie_online_registraties"
GROUPS = ("basisteam", "maand", "delictsoort", "soort", "leeftijdsgroep_slachtoffer")
EVENTS = 100_000_000
RUNS = 3
MOST, MOST_PEAK = 4.0, 8.0  # ratio, GB
LITTLE_MEMORY = "60MB"  # with 10 million events 57 MB were spilled
PLACES = ("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT))
MONTHS = [f"{year}-{month:02}" for year in range(2021, 2026) for month in range(1, 13)]
REVISED = MONTHS[-3:]  # delivered twice: what the second delivery replaces may not count


def write_events(folder: Path, events: int) -> None:
    """One Parquet file per delivered month as stage 2 leaves it, together `events` rows of one registration each."""
    import duckdb

    kinds: Mapping[str, Any] = contract_of(DELIVERY).kinds()
    lists = {"basisteam": TEAMS, **{name: list(kinds[name]["values"]) for name in GROUPS[2:]}}
    picks = ", ".join(f"{values}[1 + (hash(8 * i + {place}) % {len(values)})::int] as {name}" for place, (name, values) in enumerate(lists.items()))
    deliveries = [(month, accepted.FIRST_DAY) for month in MONTHS] + [(month, accepted.FIRST_DAY + dt.timedelta(days=30)) for month in REVISED]
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        for month, received in deliveries:
            digest = hashlib.sha256(f"{month}{received}".encode()).hexdigest()
            rows = f"""
                select {picks}, '{month}' as maand, 1::bigint as aantal, (hash(8 * i + 7) % 200000) / 100.0 as schadebedrag,
                    '{digest}' as delivery_sha256, timestamp '{received}' as received_at, i as source_row
                from range({events // len(deliveries)}) as numbers(i)"""
            connection.execute(f"copy ({rows}) to '{folder / digest}.parquet' (format parquet, compression zstd)")


@functools.cache
def _runner(data: Path) -> Any:
    """dbt with the project read, as a process that serves has it."""
    from dbt.cli.main import dbtRunner

    manifest: Any = dbtRunner().invoke(["parse", *PLACES, "--log-level", "error"]).result
    return dbtRunner(manifest=manifest)


def _dbt(data: Path, *arguments: str) -> None:
    with dbt_settings(data):
        result = _runner(data).invoke([*arguments, *PLACES, "--log-level", "error"])
    assert result.success, [f"{each.node.name}: {each.message}" for each in result.result or [] if each.status == "error"]


def builds_the_rest(data: Path) -> None:
    """All models once, before the events come."""
    _dbt(data, "build", "--exclude", "resource_type:test", "resource_type:unit_test")


def builds_marts(data: Path) -> None:
    """Every model that the events reach, from the staging view to the marts."""
    _dbt(data, "run", "--select", f"stg_{DELIVERY}+")


def builds_marts_in_little_memory(data: Path) -> None:
    """The same with far less memory than it takes; asserts that it spilled to disk, and so did not fail."""
    spilled, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            with contextlib.suppress(FileNotFoundError):  # a file of it may be gone by now
                spilled.append(sum(path.stat().st_size for path in (data / "warehouse.duckdb.tmp").iterdir()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        _dbt(data, "run", "--select", f"stg_{DELIVERY}+", "--vars", f"{{memory_limit: {LITTLE_MEMORY}}}")
    finally:
        done.set()
        watcher.join()
    assert max(spilled), f"nothing was spilled with {LITTLE_MEMORY}"


def duckdb_groups(data: Path) -> None:
    """The same rows read once and added up by what they tell apart, into a table."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"set threads = {os.cpu_count()}; set enable_progress_bar = false")
        rows = f"read_parquet('{data / 'accepted' / DELIVERY}/*.parquet', union_by_name = true)"
        keys = ", ".join(GROUPS)
        connection.execute(f"create table sums as select {keys}, sum(aantal) as aantal, sum(schadebedrag) as schadebedrag from {rows} group by {keys}")


WORK = {work.__name__: work for work in (builds_the_rest, builds_marts, builds_marts_in_little_memory, duckdb_groups)}


def bench_events(events: int = EVENTS) -> None:
    """Prints the ratio and the peak memory of the models, in turns with the bare query; asserts that no event was lost or stood twice."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        accepted.write_all(data)
        for path in (data / "accepted" / DELIVERY).glob("*.parquet"):
            if path.name != "_schema.parquet":
                path.unlink()
        write_events(data / "accepted" / DELIVERY, events)
        accepted.write_calendar(data)
        measure(builds_the_rest, data)
        runs = [(measure(duckdb_groups, data)[0], *measure(builds_marts, data)) for _ in range(RUNS)]
        spilling, _ = measure(builds_marts_in_little_memory, data)
        with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as warehouse:
            ((counted,),) = warehouse.execute(
                "select sum(counted) from fct_oc_registraties where area_level = 'regio' and period_grain = 'jaar' and dimension_1 = 'totaal'"
            ).fetchall()
    assert counted == events // (len(MONTHS) + len(REVISED)) * len(MONTHS), counted
    theirs, ours = statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
    peak = max(run[2] for run in runs)
    print(f"{events:,} events to marts: {ours:.1f} s, DuckDB's scan and group-by {theirs:.1f} s, ratio {ours / theirs:.2f} (at most {MOST}), ", end="")
    print(f"peak {peak:.2f} GB (at most {MOST_PEAK}); spilling with {LITTLE_MEMORY}: {spilling / ours:.2f} x that time")


if __name__ == "__main__":
    import duckdb  # noqa: F401 - imported, and the project read, before the clock starts

    with dbt_settings(Path(sys.argv[2])):
        _runner(Path(sys.argv[2]))
    tell_cost(WORK)
