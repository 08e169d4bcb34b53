"""Which figures moved: clearly other than in the period before, and not by chance alone. Pure."""

from __future__ import annotations

from typing import NamedTuple

from app import figures, outline, tiles, wording
from app.catalogue import Indicator
from app.events import BREAK, events_of
from app.figures import NUMERIC, Area, Cell
from app.release import Release
from app.remembered import remembered


class Move(NamedTuple):
    """A figure that moved: the newest cell and the one of the period before; `clarity` says how far their intervals lie apart."""

    indicator: Indicator
    now: Cell
    before: Cell
    clarity: float

    @property
    def sentence(self) -> str:
        """`Hoger dan in 2024`"""
        return f"{'Hoger' if (self.now.value or 0) > (self.before.value or 0) else 'Lager'} dan in {wording.period_in_sentence(self.before.period)}"


@remembered(200)
def moved(release: Release, area: Area, region: Area) -> list[Move]:
    """The figures of an area that moved, the clearest first.

    A figure moved when the 95% intervals of the newest period that is over and of the period before do not overlap. That is stricter for small
    numbers, whose intervals are wide, and for two figures that are equal but for chance it happens in about 6 of 1,000 pairs (z of 2.77 where both
    are as sure). What has no interval is not judged: it was counted whole, and each count differs from the last. Nor is anything compared across a
    trendbreuk, or with a period that is not the one before.
    """
    found = [move for indicator in release.indicators if (move := _move(release, indicator, area, region)) is not None]
    return sorted(found, key=lambda move: -move.clarity)


def _move(release: Release, indicator: Indicator, area: Area, region: Area) -> Move | None:
    newest = tiles.newest(release, indicator)
    if newest is None:
        return None
    grain, period = newest
    cells = [cell for cell in figures.series(outline.of_areas(release, indicator, area), area, grain) if cell.period <= period]
    if len(cells) < 2 or cells[-1].period != period:
        return None
    before, now = cells[-2:]
    clarity = _clarity(now, before)
    if clarity is None:
        return None
    broken = {event.period for event in events_of(release, indicator, [area, region], [cell.period for cell in cells]) if event.kind == BREAK}
    return None if broken & {now.period, before.period} else Move(indicator, now, before, clarity)


def _clarity(now: Cell, before: Cell) -> float | None:
    """The gap between two intervals as a share of the figure before; None where they overlap, or there is none."""
    if {now.state, before.state} - set(NUMERIC) or now.lower is None or now.upper is None or before.lower is None or before.upper is None:
        return None
    gap = max(now.lower - before.upper, before.lower - now.upper)
    return gap / (before.value or 1) if gap > 0 else None
