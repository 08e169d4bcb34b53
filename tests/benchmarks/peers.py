"""Our suppression beside tau-ARGUS on nested tables of 1,925 cells: what each withholds beside the small counts, how long it takes, and
what our audit says of the safety of both.

tau-ARGUS is pytauargus (EUPL-1.2), for this bench alone: `pip install .[bench]` in an environment of its own or in .venv, and nothing of
the product imports it. Its hierarchies must be trees, so that the table has no gemeenten: region > 7 districts > 27 teams, two years of
quarters, four forms. Settings of tau-ARGUS that are the closest to ours:

- FREQ(5,1): counts of 1 to 4 are withheld and noughts published, as in our wish. The range in percents becomes at least 1 on either side,
  so that a count and all within 1 of it must stay possible in fractions; ours asks for two whole numbers, whichever they are. A range of 1
  upwards alone, or of 0.01 on either side, came to as many withheld on the first table.
- Cost -2: each cell costs 1, as all cells are worth the same to us (by default it is the count).
- MOD(1,5,0,0,0), without the extra work for single persons, that is about an insider; and OPT(1,5), the optimal one. Five minutes at most.

It runs in a process (its start is in the seconds) and a folder of its own: it writes files of fixed names where it is started, and
among those of an earlier run MOD failed on three of these five tables and withheld 29 for 27 on the first.
Neither protects from one who knows the rules, and both are audited for that one too.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.disclosure.model import tabulate
from tests.benchmarks.disclosure import THRESHOLD, WALKED, Table, ours_with_zeros_shown, tell_shown

PER_YEAR, TABLES, CELLS = 56, (1, 2, 3, 4, 5), 1_925
MOST = 1.05  # of what the optimal method withholds
WHOLES = {"team": "district", "kwartaal": "jaar"}  # what is a part of what
AXES = ["team", "kwartaal", "vorm"]
TOTAL = "Total"
METHODS = {"MOD": "MOD(1,5,0,0,0)", "OPT": "OPT(1,5)"}
RUN = "import sys; from pytauargus.cli import main; sys.exit(main())"


class EngineFailed(Exception):
    """tau-ARGUS ended without a protected table."""


def bench_peers() -> None:
    """Some tables, each with another seed, and at last the loss of all on which the optimal method came to an end."""
    if not importlib.util.find_spec("pytauargus"):
        print("tau-ARGUS: not installed, left out (pip install .[bench])")
        return
    loss = [pair for seed in TABLES if (pair := _bench_table(seed))]
    ours, best = (sum(each) for each in zip(*loss, strict=True)) if loss else (0, 0)
    verdict = "as was meant" if ours <= MOST * best else "more than was meant"
    print(f"peers, {len(loss)} tables on which OPT ended: {ours} large ones withheld by ours, {best} by OPT, ratio {ours / max(best, 1):.2f} ({verdict})")


def _bench_table(seed: int) -> tuple[int, int] | None:
    """What ours and the optimal method of tau-ARGUS withhold beside the small ones; None where the latter failed."""
    units, table = make_nested(seed)
    what = f"peers, table {seed}, {PER_YEAR} a year"
    withheld = {name: tell_shown(f"{what}, ours, {name}", table, way) for name, way in ours_with_zeros_shown(table).items()}
    for name, method in METHODS.items():
        try:
            withheld[name] = tell_shown(f"{what}, tau-ARGUS {name}", table, partial(protect_with_tau, units, table, method))
        except EngineFailed as error:
            print(f"{what}, tau-ARGUS {name}: failed ({error})")
    return (withheld[WALKED], withheld["OPT"]) if "OPT" in withheld else None


def make_nested(seed: int) -> tuple[pl.DataFrame, Table]:
    """Units, one per inner cell, and their table: synthetic, Poisson counts with skewed areas."""
    rng = np.random.default_rng(seed)
    units = pl.DataFrame({"district": [f"D{each // 4}" for each in range(27)], "team": [f"T{each:02}" for each in range(27)]})
    for name, values in {"kwartaal": [f"{year}Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)], "vorm": list("abcd")}.items():
        units = units.join(pl.DataFrame({name: values}), how="cross")
    units = units.with_columns(jaar=pl.col("kwartaal").str.slice(0, 4))
    crossed = product(["", "district", "team"], ["", "jaar", "kwartaal"], ["", "vorm"])
    cells = tabulate(units, [[name for name in names if name] for names in crossed])
    assert len(cells.addresses) == CELLS
    mean = np.einsum("i,j,k->ijk", rng.dirichlet(np.full(27, 0.35)), np.full(8, 1 / 8), [0.5, 0.3, 0.15, 0.05])
    inner_counts = rng.poisson(2 * PER_YEAR * mean.ravel())
    return units, Table(cells, cells.inner @ inner_counts, inner_counts)


def protect_with_tau(units: pl.DataFrame, table: Table, method: str) -> np.ndarray:
    """Which cells tau-ARGUS publishes; it gets a row per person, and counts them itself. Raises EngineFailed."""
    from pytauargus import protect
    from pytauargus.result import parse_simple_tab

    persons = units[np.repeat(np.arange(units.height), table.inner_counts)].select(*AXES, personen=pl.lit(1))
    with tempfile.TemporaryDirectory() as folder:
        trees = {part: _write_tree(Path(folder), units, whole, part) for part, whole in WHOLES.items()}
        rule = f"FREQ({THRESHOLD},1)"
        files = protect(persons, AXES, "personen", rule, method, cost_var="-2", hrc=trees, totcode=TOTAL, workdir=folder, run=False).files
        ran = subprocess.run([sys.executable, "-c", RUN, "run", files["arb"]], capture_output=True, text=True, cwd=folder)
        if ran.returncode:
            raise EngineFailed(ran.stderr.strip() or f"it ended with {ran.returncode}")
        rows = parse_simple_tab(files["tab1"], AXES, "personen")
    names = [pl.coalesce(axis, WHOLES.get(axis, axis), pl.lit(TOTAL)).alias(axis) for axis in AXES]
    found = table.cells.addresses.select(names).join(pl.DataFrame(rows), on=AXES, how="left", maintain_order="left")
    assert (found["personen"].fill_null(0).to_numpy() == table.counts).all(), "tau-ARGUS has other counts"
    return ~found["status"].is_in(["U", "M"]).fill_null(False).to_numpy()


def _write_tree(folder: Path, units: pl.DataFrame, whole: str, part: str) -> str:
    """A hierarchy for tau-ARGUS, also with what nobody is counted in."""
    lines = []
    for (name,), below in units.group_by(whole, maintain_order=True):
        lines += [str(name), *(f"@{each}" for each in below[part].unique(maintain_order=True))]
    path = folder / f"{part}.hrc"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return str(path)
