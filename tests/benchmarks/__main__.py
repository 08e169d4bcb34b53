"""`make bench`: what our own code costs beside the bare library that does the same reading, and a whole run beside its imports."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.benchmarks.building import bench_building
from tests.benchmarks.disclosure import bench_disclosure
from tests.benchmarks.door import bench_door, bench_mutations
from tests.benchmarks.events import bench_events
from tests.benchmarks.faults import bench_faults
from tests.benchmarks.judging import bench_judging
from tests.benchmarks.peers import bench_peers
from tests.benchmarks.readers import bench_readers
from tests.benchmarks.suites import bench_suites
from tests.conftest import PROJECT, ketenmonitor

RUNS = 3


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median wall time of some runs, in seconds."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def tell(what: str, ours: float, against: str, reference: float) -> None:
    """One line: our time, the reference's time, the ratio."""
    print(f"{what:<44} {ours:7.2f} s   {against:<40} {reference:7.2f} s   ratio {ours / reference:6.1f}")


def bench_run(folder: Path) -> None:
    """From nothing to a release, and again with one changed file, beside importing the same libraries."""
    imports = [sys.executable, "-c", "import dagster_dbt, dbt.cli.main, great_expectations, pandera.polars, duckdb, pyarrow"]
    reference = seconds(lambda: subprocess.run(imports, cwd=PROJECT, check=True), 1)
    ketenmonitor("sample", data_dir=folder)
    changed = folder / "kept.csv"
    changed.write_bytes((folder / "inbox" / "politie_jeugd_verdachten_2026Q3.csv").read_bytes())
    tell("run from nothing to a release", seconds(lambda: ketenmonitor("run", data_dir=folder), 1), "importing its libraries", reference)
    lines = changed.read_bytes().splitlines(keepends=True)
    (folder / "inbox" / "politie_jeugd_verdachten_2026Q3.csv").write_bytes(b"".join([lines[0], *reversed(lines[1:])]))
    tell("run with one changed file", seconds(lambda: ketenmonitor("run", data_dir=folder), 1), "importing its libraries", reference)
    empty = seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
    tell("ketenmonitor --help", seconds(lambda: ketenmonitor("--help", data_dir=folder)), "an empty Python", empty)


def main() -> None:
    """Runs every benchmark in a temporary folder; with `faults` behind it only that one, which alone takes half an hour."""
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:] == ["faults"]:
            bench_faults(Path(folder) / "faults")
            return
        print(f"{date.today()}: medians of {RUNS} runs where not a whole run; compare the ratios, not the seconds")
        bench_judging(Path(folder))
        bench_events()
        bench_disclosure()
        bench_peers()
        bench_building(Path(folder) / "building")
        bench_door()
        bench_mutations(Path(folder) / "mutants")
        bench_run(Path(folder) / "data")
        bench_suites(Path(folder) / "data")
        bench_readers(Path(folder) / "data", Path(folder) / "readers")
        bench_faults(Path(folder) / "faults")


if __name__ == "__main__":
    main()
