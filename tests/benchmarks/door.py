"""What comes in from outside, at length: the door measured on many files, and two thousand good files that were broken by chance."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from pathlib import Path

from tests.pipelines.intake.measuring import measure
from tests.pipelines.intake.mutate import DELIVERY, mutant
from tests.pipelines.intake.taking import take
from tests.pipelines.intake.test_mutations import complaints

MUTANTS = 2_000


def bench_door() -> None:
    """Prints what is found and refused of five thousand files each."""
    print(measure(7, clean=5_000, planted=5_000, names=500))


def bench_mutations(folder: Path) -> None:
    """Prints how the mutants ended; raises AssertionError when one crashed, hung, told a value or lost a row."""
    ends: Counter[str] = Counter()
    found, slowest, peak, started = {}, 0.0, 0, time.perf_counter()
    for seed in range(MUTANTS):
        kind, suffix, content = mutant(seed)
        taken = take(folder / str(seed), f"{DELIVERY}_2026Q3{suffix}", content, DELIVERY)
        shutil.rmtree(folder / str(seed))
        ends[taken.ends] += 1
        slowest, peak = max(slowest, taken.seconds), max(peak, taken.peak)
        if wrong := complaints(taken):
            found[seed] = (kind, suffix, wrong)
    print(f"{MUTANTS:,} mutants in {time.perf_counter() - started:.0f} s: {dict(ends)}, slowest {slowest:.1f} s, at most {peak / 1e6:.0f} MB")
    assert found == {}
