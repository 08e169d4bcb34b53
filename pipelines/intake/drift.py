"""How a delivery differs from those before it: rows, sums, and words that are new or gone. A warning, never a refusal."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import polars as pl

from data_contracts.base import AT_LEAST, AT_MOST, Contract, Grain

Number = TypeVar("Number", int, float)

COMPARED = 8  # earlier deliveries: two years of quarters
LEAST_FACTOR, FEW_FACTOR, FEW = 1.5, 2.5, 4  # a smaller step is season and chance; a larger one with fewer earlier deliveries
EXPECTED = 10  # rows of a word: by chance alone none come where so many do in one of 20,000 cases
NOT_ADDED = ("procent", "cijfer")


@dataclass(frozen=True)
class Statistics:
    """What drift is measured by: rows, the sum of each count and amount, and the rows of each word of a category column."""

    rows: int = 0
    sums: dict[str, float] = field(default_factory=dict)
    words: dict[str, dict[str, int]] = field(default_factory=dict)

    def __add__(self, other: Statistics) -> Statistics:
        words = {column: _added(self.words.get(column, {}), other.words.get(column, {})) for column in {**self.words, **other.words}}
        return Statistics(self.rows + other.rows, _added(self.sums, other.sums), words)


def _added(one: Mapping[str, Number], other: Mapping[str, Number]) -> dict[str, Number]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in sorted({*one, *other})}


@dataclass(frozen=True)
class Drift:
    """One way in which a file differs: `column` is empty for the number of rows. `sentence` (Dutch) may be read by all: no
    number, and no word, since that a gemeente is new says that something happened there. `words` are for the partner."""

    kind: str  # rijen, som, nieuw, weg, periode
    column: str
    sentence: str
    words: tuple[str, ...] = ()


def measure(typed: pl.DataFrame, contract: type[Contract]) -> Statistics:
    """The statistics of accepted rows, or of a part of them."""
    kinds = contract.kinds()
    added = {column: bool(field.get("bounded")) for column, field in kinds.items() if field["kind"] in ("count", "number")}
    sums = typed.select(_middle(column, bounded=bounded).sum().cast(pl.Float64).alias(column) for column, bounded in added.items())
    listed = [column for column, field in kinds.items() if field["kind"] == "category"]  # areas are spelt in too many ways
    words = {column: dict(typed[column].drop_nulls().value_counts().rows()) for column in listed}
    return Statistics(typed.height, sums.to_dicts()[0] if added else {}, words)


def _middle(column: str, *, bounded: bool) -> pl.Expr:
    """A count, or halfway what a partner bounded: whether it does so may differ from file to file."""
    return (pl.mean_horizontal(column + AT_LEAST, column + AT_MOST) if bounded else pl.col(column)).alias(column)


def find_drift(new: Statistics, earlier: Sequence[Statistics], contract: type[Contract]) -> list[Drift]:
    """Compares a file with earlier accepted ones about as many periods, the newest last. Without any there is no drift."""
    if not earlier:
        return []
    earlier = earlier[-COMPARED:]
    kinds = contract.kinds()
    found = []
    rows = [each.rows for each in earlier]
    if side := _outside(new.rows, rows, statistics.median(rows)):
        found.append(Drift("rijen", "", f"het aantal rijen is veel {side} dan in eerdere leveringen"))
    for column, total in new.sums.items():
        sums = [each.sums.get(column, 0.0) for each in earlier]
        cases = statistics.median(sums if contract.terms().grain is Grain.COUNT and kinds[column]["kind"] == "count" else rows)
        if kinds[column]["unit"] not in NOT_ADDED and (side := _outside(total, sums, cases)):
            found.append(Drift("som", column, f"de som van kolom '{column}' is veel {side} dan in eerdere leveringen"))
    for column, words in new.words.items():
        before = [each.words.get(column, {}) for each in earlier]
        fresh = sorted(word for word, rows in words.items() if rows * len(before) >= EXPECTED and not any(word in each for each in before))
        gone = sorted(word for word in before[-1] if word not in words and statistics.median(each.get(word, 0) for each in before) >= EXPECTED)
        if fresh:
            found.append(Drift("nieuw", column, f"kolom '{column}' heeft waarden die niet eerder voorkwamen", tuple(fresh)))
        if gone:
            found.append(Drift("weg", column, f"kolom '{column}' mist waarden die er eerder wel waren", tuple(gone)))
    return found


def _outside(new: float, earlier: Sequence[float], cases: float) -> str:
    """`hoger` or `lager` when `new` lies outside what the earlier numbers allow, else nothing.

    The bound is a factor around their median: at least LEAST_FACTOR, more where they vary (4 median absolute deviations of
    the logarithm) and where it rests on few `cases` (4 times the chance variation of their count).
    """
    middle = statistics.median(earlier)
    if middle <= 0 or new < 0:
        return "hoger" if middle <= 0 < new and new > 16 else ""
    spread = statistics.median(abs(math.log(max(each, 0.5) / middle)) for each in earlier)
    least = LEAST_FACTOR if len(earlier) >= FEW else FEW_FACTOR
    bound = max(math.log(least), 4 * 1.4826 * spread, 4 / math.sqrt(max(cases, 1)))
    step = math.log(max(new, 0.5) / middle)
    return "" if abs(step) <= bound else "hoger" if step > 0 else "lager"
