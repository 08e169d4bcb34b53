"""Shares a whole number over cells, exactly and with a floor: how the sample meets figures in every margin at once.

Independent draws would meet a total but leave small cells empty; a table with one such cell is withheld whole. So totals
are split by largest remainder, and members of one split are dealt over another with an additive recurrence (the golden
ratio), which deals every run of members as evenly as the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]

STEPS = (0.6180339887498949, 0.4142135623730951, 0.7320508075688772)  # golden ratio, √2 and √3, less their whole parts


def allocate(total: int, weights: Sequence[float] | Real, *, floor: int = 0) -> Whole:
    """Splits `total` over cells in proportion to `weights`, by largest remainder, with at least `floor` in each cell.

    Raises ValueError when `total` is less than `floor` times the number of cells.
    """
    shares = np.asarray(weights, dtype=np.float64)
    if total < floor * len(shares):
        raise ValueError(f"{total} cannot give {len(shares)} cells at least {floor} each")
    exact = shares / shares.sum() * total
    counts: Whole = np.floor(exact).astype(np.int64)
    counts[np.argsort(counts - exact, kind="stable")[: total - int(counts.sum())]] += 1
    short = np.maximum(floor - counts, 0)
    counts += short
    for _ in range(int(short.sum())):
        counts[int(np.argmax(counts))] -= 1
    return counts


def deal(counts: Whole, *, start: float, step: int = 0, jitter: Real | float = 0.0) -> Whole:
    """Labels for items in a row: label i occurs `counts[i]` times, and about in proportion in every stretch of the row.

    `start` (0 to 1) shifts the deal; `step` chooses one of three recurrences, so that two deals over one row are unlike.
    `jitter` moves each item on the circle of labels (in turns), which blurs the stretches and leaves the counts exact.
    """
    items = int(counts.sum())
    places = (start + STEPS[step] * np.arange(items) + jitter) % 1.0
    ranks = np.empty(items, dtype=np.int64)
    ranks[np.argsort(places, kind="stable")] = np.arange(items)
    labels: Whole = np.searchsorted(np.cumsum(counts), ranks, side="right").astype(np.int64)
    return labels


def noise(generator: np.random.Generator, size: int, spread: float) -> Real:
    """Factors around 1 with a relative spread; never negative."""
    factors: Real = np.exp(generator.normal(0.0, spread, size))
    return factors
