"""What came of judging a file, small enough to come back from another process."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.intake.corrections import Outcome
from pipelines.intake.drift import Statistics
from pipelines.intake.refusal import Broken


@dataclass(frozen=True)
class Verdict:
    """A file that passed: rows_in = accepted + quarantined + totals. `periods`: what the accepted rows are about, sorted.
    `broken`: every rule that rows broke, the most frequent first. `judged_by`: the version of the contract that judged."""

    rows_in: int
    accepted: int
    quarantined: int
    totals: int
    periods: tuple[str, ...]
    broken: tuple[Broken, ...]
    guesses: dict[str, str | int]
    statistics: Statistics
    judged_by: str
    corrections: tuple[Outcome, ...] = ()
