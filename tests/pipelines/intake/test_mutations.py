"""Good files that were broken by chance: none crashes, hangs or takes much memory, no row is lost, no value is told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.pipelines.intake.mutate import DELIVERY, GOOD, SECRET, mutant
from tests.pipelines.intake.taking import Taken, take

IN_CI, PARTS = 200, 8
MOST_SECONDS, MOST_BYTES = 10, 1_000_000_000


def complaints(taken: Taken) -> list[str]:
    """What is wrong with the way in which a file ended."""
    came, accepted, quarantined = taken.rows
    wrong = {
        "our own code stumbled": taken.rule == "niet_beoordeeld",
        "a value is told": SECRET in taken.says,
        "no sentence": not taken.sentence.endswith((".", ")")),
        "rows are lost": taken.ends in {"accepted", "quarantine"} and came != accepted + quarantined,
        "rows of a refused file": taken.ends in {"door", "contract"} and accepted > 0,
        "too slow": taken.seconds > MOST_SECONDS,
        "too much memory": taken.peak > MOST_BYTES,
        "more than the answer is written": taken.ends == "door" and any(not path.startswith(("feedback/", "register.sqlite")) for path in taken.new),
    }
    return [what for what, is_so in wrong.items() if is_so]


def test_the_good_files_are_of_twenty_kinds_and_all_are_accepted(tmp_path: Path) -> None:
    ends = {
        kind: take(tmp_path / str(number), f"{DELIVERY}_2026Q3{suffix}", content, DELIVERY).rows
        for number, (kind, (suffix, content)) in enumerate(GOOD.items())
    }
    assert len(GOOD) >= 20
    assert ends == dict.fromkeys(GOOD, (80, 80, 0))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_mutant_crashes_hangs_tells_or_loses_a_row(part: int, tmp_path: Path) -> None:
    found = {}
    for seed in range(part, IN_CI, PARTS):
        kind, suffix, content = mutant(seed)
        if wrong := complaints(take(tmp_path / str(seed), f"{DELIVERY}_2026Q3{suffix}", content, DELIVERY)):
            found[seed] = (kind, suffix, wrong)
    assert found == {}


def test_mutants_are_the_same_for_the_same_seed_and_differ_otherwise() -> None:
    assert mutant(7) == mutant(7)
    changed = Counter(mutant(seed)[2] != GOOD[mutant(seed)[0]][1] for seed in range(100))
    assert changed[True] >= 90
