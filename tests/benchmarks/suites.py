"""All suites over the region's marts: in a new process with its imports, in a warm one, and with ten times the history."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from tests.conftest import PROJECT

TIMES = 10
MOST_COLD, MOST_WARM, MOST_GROWTH = 20.0, 8.0, 2.0  # seconds, seconds, ratio


def lengthen(mart: pl.DataFrame, times: int) -> pl.DataFrame:
    """The mart with its periods `times` times over, each time as many years earlier as it has."""
    years = mart["period"].str.slice(0, 4).cast(pl.Int64)
    span = years.max() - years.min() + 1  # type: ignore[operator]
    whole = pl.col("period").str.slice(5, 2)  # of a school year or three years: the two digits of its last year
    parts = [mart]
    for number in range(1, times):
        year = (pl.col("period").str.slice(0, 4).cast(pl.Int64) - number * span).cast(pl.String)
        last = ((whole.cast(pl.Int64, strict=False) - number * span) % 100).cast(pl.String).str.zfill(2)
        rest = pl.when(pl.col("period").str.contains("/")).then("/" + last).otherwise(pl.col("period").str.slice(4))
        parts.append(mart.with_columns((year + rest).alias("period")))
    return pl.concat(parts)


def measure(data: Path) -> dict[str, float]:
    """Seconds in this process: the first time (imports are in it), the second, and the second with ten times the history."""
    started = time.perf_counter()
    from pipelines.catalogue import load_catalogue
    from pipelines.intake.overview import overview_deliveries
    from pipelines.judgement import MARTS, released_values
    from pipelines.resources import Settings
    from validation.runner import run_suites

    settings = Settings(data_dir=data)
    frames = {mart: pl.read_parquet(settings.marts / mart) for mart in MARTS} | {"leveringen": overview_deliveries(settings, dt.date.today())}
    released, seconds = released_values(settings), {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cold", "warm", "long"):
            if name == "long":
                frames["mart_indicators"], released = (None if frame is None else lengthen(frame, TIMES) for frame in (frames["mart_indicators"], released))
            started = started if name == "cold" else time.perf_counter()
            results = run_suites(frames, Path(folder), load_catalogue(), released=released)
            seconds[name] = time.perf_counter() - started
            assert all(result.ran for result in results)
    return seconds


def bench_suites(data: Path) -> None:
    """Prints the three figures that the suites are held to; `data` holds a run."""
    told = subprocess.run([sys.executable, "-m", __name__, str(data)], cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    seconds = json.loads(told.splitlines()[-1])
    print(f"all suites over the region's marts: {seconds['cold']:.1f} s with imports (at most {MOST_COLD:.0f}), {seconds['warm']:.1f} s warm ", end="")
    print(f"(at most {MOST_WARM:.0f}); with {TIMES} times the history ratio {seconds['long'] / seconds['warm']:.2f} (at most {MOST_GROWTH:.0f})")


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
