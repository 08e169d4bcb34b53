"""The dashboard under readers, beside an empty Streamlit page on the same machine: a filter change at 30 and 50 sessions, the first page, memory.

A session is a websocket that speaks as Streamlit's front end does, thinks for five seconds on average (exponential, so that clicks bunch as those of
people do), and picks another area. National scale: 342 gemeenten and ten years in the same pages.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import psutil
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.app.running import free_port, running, until_it_answers
from tests.app.socket_tab import Tab

THINK, SECONDS, SESSIONS = 5.0, 40.0, (30, 50)
GEMEENTEN, YEARS = 342, 10
MOST_RATIO, MOST_P95, MOST_FIRST, MOST_MEMORY, MOST_NATIONAL = 1.0, 1.0, 1.5, 400, 1.5
EMPTY = """import streamlit as st

st.title("Een lege pagina")
st.selectbox("Gebied", ["Delft", "Gouda", "Leiden"])
"""


@contextmanager
def empty_page(folder: Path) -> Iterator[str]:
    """A page with a title and a list, as `streamlit run` serves it."""
    folder.mkdir(parents=True)
    (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
    port = free_port()
    quiet = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1", "--server.fileWatcherType=none"]
    command = [sys.executable, "-m", "streamlit", "run", "empty.py", f"--server.port={port}", *quiet]
    with (folder / "log").open("wb") as sink:
        process = subprocess.Popen(command, cwd=folder, stdout=sink, stderr=sink, env={**os.environ, "PYTHONPATH": ""})
    try:
        until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", process, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def read_along(address: str, page: str, clicks: list[float], until: float, chance: random.Random) -> None:
    """One reader: opens the page, and until the end thinks and picks an area; seconds per click go into `clicks`."""
    tab = Tab(address)
    tab.open(page)
    box = next(one.selectbox for one in tab.elements("selectbox") if one.selectbox.label == "Gebied")
    while (pause := chance.expovariate(1 / THINK)) < until - time.monotonic():
        time.sleep(pause)
        tab.chosen[box.id] = WidgetState(id=box.id, string_value=chance.choice(list(box.options)))
        started = time.perf_counter()
        tab.rerun()
        clicks.append(time.perf_counter() - started)
    tab.socket.close()


def load(address: str, page: str, sessions: int) -> tuple[float, float]:
    """Median and 95th percentile of a click, in seconds, with so many readers at once."""
    clicks: list[float] = []
    until = time.monotonic() + SECONDS
    readers = [threading.Thread(target=read_along, args=(address, page, clicks, until, random.Random(number))) for number in range(sessions)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return statistics.median(clicks), statistics.quantiles(clicks, n=20)[-1]


def first_page(address: str, ready: str, runs: int = 5) -> float:
    """Seconds from an address to what a reader waits for, in a browser that has nothing kept, from a warm server; the median."""
    from playwright.sync_api import sync_playwright

    times = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(runs + 1):
            page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
            started = time.perf_counter()
            page.goto(address)
            page.wait_for_selector(ready, timeout=60_000)
            times.append(time.perf_counter() - started)
            page.context.close()
        browser.close()
    return statistics.median(times[1:])


def enlarge(data: Path, into: Path) -> Path:
    """A copy of a data folder in which the release in use has 342 gemeenten and ten years: rows of the 27 again under new codes and years.

    The figures mean nothing, and its certificates prove nothing: it is for measuring alone.
    """
    shutil.copytree(data / "releases", into / "releases")
    folder = into / "releases" / (into / "releases" / "current").read_text(encoding="utf-8").strip()
    manifest = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    for audience in ("professional", "publiek"):
        for name in ("areas", "values"):
            path = folder / audience / f"{name}.parquet"
            rows = _with_more_gemeenten(pl.read_parquet(path))
            (rows if name == "areas" else _with_more_years(rows)).write_parquet(path)
            manifest["files"][f"{audience}/{name}.parquet"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "release.json").write_text(json.dumps(manifest), encoding="utf-8")
    return into


def _with_more_gemeenten(rows: pl.DataFrame) -> pl.DataFrame:
    own = rows.filter((pl.col("area_level") == "gemeente") & pl.col("area_code").str.starts_with("GM"))
    codes = own["area_code"].unique().sort().to_list()
    more = [rows]
    for number, start in enumerate(range(len(codes), GEMEENTEN, len(codes))):
        kept = codes[: GEMEENTEN - start]
        new = {code: f"GM{3000 + 100 * number + place}" for place, code in enumerate(kept)}
        copy = own.filter(pl.col("area_code").is_in(kept)).with_columns(pl.col("area_code").replace(new))
        more.append(copy.with_columns(pl.format("{} {}", "area_name", pl.lit(number + 2)).alias("area_name")) if "area_name" in rows.columns else copy)
    return pl.concat(more)


def _with_more_years(rows: pl.DataFrame) -> pl.DataFrame:
    """Years, quarters and months before the oldest, until there are ten."""
    plain = rows.filter(pl.col("period_grain").is_in(["jaar", "kwartaal", "maand"]))
    year = pl.col("period").str.slice(0, 4).cast(pl.Int32)
    oldest, newest = plain.select(year.min().alias("a"), year.max().alias("b")).row(0)
    more = [rows]
    for back in range(1, max(0, YEARS - (newest - oldest))):
        copy = plain.filter(year == oldest)
        more.append(copy.with_columns(period=pl.concat_str(pl.lit(str(oldest - back)), pl.col("period").str.slice(4))))
    return pl.concat(more)


def bench_readers(data: Path, folder: Path) -> None:
    """Prints each measure with its ratio; `data` holds a published release that is synthetic."""
    with empty_page(folder / "empty") as address:
        empty = {sessions: load(address, "", sessions) for sessions in SESSIONS}
        reference = first_page(address, "h1")
    (folder / "own").mkdir()
    with running(data, folder / "own", "--demo") as address:
        own = _measured(address, "a filter change", empty)
        memory = max(one.memory_info().rss for one in psutil.process_iter() if _listens(one, address)) / 2**20
        first = first_page(f"{address}/mensenhandel", ".km-footer")
    print(f"memory after {SESSIONS[-1]} sessions: {memory:.0f} MiB (wanted under {MOST_MEMORY})")
    print(f"first page, nothing kept: {first:.2f} s beside {reference:.2f} s: ratio {first / reference:.2f} (wanted {MOST_FIRST})")
    (folder / "national").mkdir()
    with running(enlarge(data, folder / "large"), folder / "national", "--demo") as address:
        national = _measured(address, "the same at national scale", empty)
    grown = [f"{national[sessions][0] / own[sessions][0]:.2f}" for sessions in SESSIONS]
    print(f"national scale beside the region, p50: ratios {' and '.join(grown)} (wanted {MOST_NATIONAL})")


def _measured(address: str, what: str, empty: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    load(address, "mensenhandel", 5)  # warm
    found = {}
    for sessions in SESSIONS:
        found[sessions] = p50, p95 = load(address, "mensenhandel", sessions)
        q50, q95 = empty[sessions]
        print(
            f"{what}, {sessions} sessions: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms; an empty page {q50 * 1000:.0f} and {q95 * 1000:.0f}: "
            f"ratios {p50 / q50:.2f} and {p95 / q95:.2f} (wanted {MOST_RATIO}{f', p95 under {MOST_P95} s' if sessions == SESSIONS[-1] else ''})",
            flush=True,
        )
    return found


def _listens(process: psutil.Process, address: str) -> bool:
    try:
        return "app.serve" in process.cmdline() and address.rpartition(":")[2] in process.cmdline()
    except psutil.Error:
        return False
