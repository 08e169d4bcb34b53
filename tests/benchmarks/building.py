"""The warehouse of the sample in a warm process: all of it, and after one revised delivery, also with ten times the history.

Beside the SQL of the same models run by DuckDB alone: what is left is dbt, the tests, and writing it all to a file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.modelling import build_models, reading_project
from pipelines.resources import Settings
from pipelines.swapping import forget_warehouse
from tests.conftest import PROJECT, ketenmonitor

REVISED = "politie_jeugd_verdachten"
TIMES, RUNS = 10, 3
MOST_WHOLE, MOST_REVISED, MOST_GROWTH = 20.0, 6.0, 1.3  # seconds, seconds, ratio


def lengthen_history(accepted: Path, times: int) -> None:
    """Beside each accepted file `times - 1` earlier deliveries of the same rows, each a month before the next."""
    for path in [path for path in accepted.glob("*/*.parquet") if path.name != "_schema.parquet"]:
        rows = pl.read_parquet(path)
        for number in range(1, times):
            digest = hashlib.sha256(f"{path.stem}{number}".encode()).hexdigest()
            earlier = rows.with_columns(delivery_sha256=pl.lit(digest), received_at=pl.col("received_at").dt.offset_by(f"-{number}mo"))
            earlier.write_parquet(path.with_name(f"{digest}.parquet"))


def timed(work: Callable[[], object]) -> float:
    """Seconds that it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def build_whole(settings: Settings, project: Any) -> float:
    """Seconds of a build from nothing."""
    forget_warehouse(settings)
    return timed(lambda: built(settings, project))


def build_revised(settings: Settings, project: Any) -> float:
    """Seconds of a build after one accepted file was written again."""
    newest = max((settings.accepted / REVISED).glob("*.parquet"), key=lambda path: path.stat().st_mtime_ns)
    os.utime(newest)
    return timed(lambda: built(settings, project))


def built(settings: Settings, project: Any) -> None:
    """Builds what must be built again; it must go well."""
    outcome = build_models(settings, project=project)
    assert outcome.nodes
    assert outcome.failure is None


def run_sql(settings: Settings, manifest: Any) -> float:
    """Seconds of the models' SQL alone, as tables and views in memory."""
    import duckdb

    models = {name: node for name, node in manifest.nodes.items() if node.resource_type == "model"}
    order = [name for name in TopologicalSorter({name: node.depends_on.nodes for name, node in models.items()}).static_order() if name in models]
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse; use warehouse")
        with duckdb.connect(str(settings.warehouse), read_only=True) as seeds:
            for node in (node for node in manifest.nodes.values() if node.resource_type == "seed"):
                connection.register("seed", seeds.execute(f"from {node.name}").df())
                connection.execute(f"create table {node.name} as from seed")
        statements = [f"create {models[name].config.materialized} {models[name].name} as {models[name].compiled_code}" for name in order]
        return timed(lambda: [connection.execute(statement) for statement in statements])


def measure(data: Path) -> dict[str, float]:
    """Seconds per kind of build, in this process, after one build to warm it."""
    settings = Settings(data_dir=data)
    with reading_project(settings) as project:
        build_whole(settings, project)
        whole = statistics.median(build_whole(settings, project) for _ in range(RUNS))
        alone = statistics.median(run_sql(settings, project.result()) for _ in range(RUNS))
        return {"whole": whole, "alone": alone, "revised": statistics.median(build_revised(settings, project) for _ in range(RUNS))}


def bench_building(folder: Path) -> None:
    """Prints what a build costs, and how little of it one revised delivery needs."""
    once = folder / "once"
    ketenmonitor("sample", data_dir=once)
    ketenmonitor("run", data_dir=once)
    often = Path(shutil.copytree(once, folder / "often", symlinks=True))
    lengthen_history(often / "accepted", TIMES)
    seconds = []
    for data in (once, often):  # each in a process of its own, that is warm when the clock starts
        told = subprocess.run([sys.executable, "-m", __name__, str(data)], cwd=PROJECT, check=True, capture_output=True, text=True).stdout
        seconds.append(json.loads(told.splitlines()[-1]))
    short, long = seconds
    print(f"build of all models and tests, warm: {short['whole']:.1f} s (at most {MOST_WHOLE:.0f}), {short['whole'] / short['alone']:.1f} x ", end="")
    print(f"the same SQL by DuckDB alone ({short['alone']:.1f} s)")
    print(f"the same with one revised delivery: {short['revised']:.1f} s (at most {MOST_REVISED:.0f}), {short['revised'] / short['whole']:.2f} x all")
    print(f"one revised delivery with {TIMES} times the history: ratio {long['revised'] / short['revised']:.2f} (at most {MOST_GROWTH})", end="")
    print(f"; all: ratio {long['whole'] / short['whole']:.2f}")


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
