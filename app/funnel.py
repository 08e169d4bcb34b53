"""Which differences between areas may be chance: the limits of a funnel plot, and the areas outside them. Pure.

Source: D.J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005) 1185-1202. The limits
are the exact ones of its appendix A.1.1: quantiles of the Poisson distribution (events) or the binomial one (shares of counted cases)
around the rate of the region, interpolated between whole counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from statistics import median

from app.catalogue import Indicator
from app.figures import NUMERIC, Cell

TAILS = (0.001, 0.025, 0.975, 0.999)  # outer and inner limits: 99.8% and 95%
FEWEST_AREAS = 5
SMALL = 100  # a count of 100 has a 95% interval of a fifth to either side
GRID = 60


@dataclass(frozen=True)
class Point:
    """An area with a published figure. `outside` is 0 within the limits, 1 beyond the inner and 2 beyond the outer ones, below zero on the low side."""

    cell: Cell
    denominator: float
    outside: int


@dataclass(frozen=True)
class Funnel:
    """Points, the figure of the region, and the limits in units of the value: (denominator, outer low, inner low, inner high, outer high)."""

    points: tuple[Point, ...]
    centre: float
    limits: tuple[tuple[float, ...], ...]


def funnel_of(indicator: Indicator, cells: Sequence[Cell], region: Cell | None) -> Funnel | None:
    """The funnel of one period, or None where it would say nothing.

    It is made of a rate of events or a share of counted cases (`interval_kind` poisson or wilson) of which the region and at least five areas are
    published with numerator and denominator, and where numbers are small: half of the numerators are under 100. Above that chance is no longer what
    makes areas differ, and nearly all would lie outside.
    """
    drawn = [cell for cell in cells if _has_pieces(indicator, cell)]
    if len(drawn) < FEWEST_AREAS or region is None or not _has_pieces(indicator, region) or not region.value:
        return None
    per, is_share = indicator.per or 1.0, indicator.interval_kind == "wilson"
    rate = region.value / per
    if median(cell.numerator or 0.0 for cell in drawn) >= SMALL or (is_share and rate >= 1):
        return None
    pieces = [(cell, cell.numerator or 0.0, cell.denominator or 1.0) for cell in drawn]
    points = tuple(Point(cell, size, outside(count, rate, size, is_share)) for cell, count, size in pieces)
    low, high = (edge(point.denominator for point in points) for edge in (min, max))
    grid = (float(round(low * 0.8 * (1.5 * high / low) ** (step / GRID)) or 1) for step in range(GRID + 1))
    return Funnel(points, region.value, tuple((size, *(per * limit / size for limit in count_limits(rate, size, is_share))) for size in grid))


def _has_pieces(indicator: Indicator, cell: Cell) -> bool:
    """True for a published figure that is its numerator over its denominator, and nothing else (a standardised one is not)."""
    if indicator.interval_kind not in ("poisson", "wilson") or not indicator.per or cell.state not in NUMERIC:
        return False
    if cell.value is None or cell.numerator is None or not cell.denominator:
        return False
    return math.isclose(cell.value, indicator.per * cell.numerator / cell.denominator, rel_tol=1e-6, abs_tol=1e-9)


def outside(count: float, rate: float, size: float, is_share: bool) -> int:
    """How far a count lies beyond the limits: 0 within, 1 beyond 95%, 2 beyond 99.8%; negative below."""
    outer_low, low, high, outer_high = count_limits(rate, size, is_share)
    return (count > high) + (count > outer_high) - (count < low) - (count < outer_low)


@lru_cache(maxsize=8192)
def count_limits(rate: float, size: float, is_share: bool) -> tuple[float, ...]:
    """The counts at the four TAILS where `rate` holds and the denominator is `size`; never below none or above all."""
    mean = rate * size
    chance = partial(_log_binomial, round(size), rate) if is_share else partial(_log_poisson, mean)
    return tuple(min(max(limit, 0.0), size if is_share else math.inf) for limit in _quantiles(chance, mean))


def _quantiles(log_chance: Callable[[int], float], mean: float) -> list[float]:
    """Adds chances up from nine standard deviations below the mean, where less than 1e-15 is left."""
    count, reached, chance = max(0, int(mean - 9 * math.sqrt(mean)) - 1), 0.0, 0.0
    found = []
    for tail in TAILS:
        while reached < tail:
            chance = math.exp(log_chance(count))
            reached += chance
            count += 1
        found.append(count - 1 - (reached - tail) / chance)
    return found


def _log_poisson(mean: float, count: int) -> float:
    return count * math.log(mean) - mean - math.lgamma(count + 1)


def _log_binomial(trials: int, rate: float, count: int) -> float:
    ways = math.lgamma(trials + 1) - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
    return ways + count * math.log(rate) + (trials - count) * math.log1p(-rate)
