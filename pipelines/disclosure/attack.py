"""Audit: how far each attacker gets with each withheld cell. Where it says wide, whole numbers prove it; where narrow, no others exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.known import Known
from pipelines.disclosure.model import Cells, TablesDoNotAddUp

TOGETHER = 400  # cells moved by one programme in whole numbers
TINY = 1e-6


class Attacker(NamedTuple):
    """Who reads what is published, and what they know besides.

    at_least: what they know each withheld cell to hold (1 where noughts are shown: then a withheld cell is none);
    own: how many records of one inner cell are theirs. Who joins earlier releases, the other audience, rates or numbers of
    inhabitants is one of these on `Cells` that hold all of it.
    """

    name: str
    at_least: int = 0
    own: int = 0


def usual_attackers(*, zeros_shown: bool, own: int = 1) -> list[Attacker]:
    """An outsider, one who knows the rules and the signs, and one who knows `own` records to be theirs (and the rules)."""
    floor = int(zeros_shown)
    return [Attacker("buitenstaander"), Attacker("regelkenner", floor), Attacker("insider", floor, own)]


class Audit(NamedTuple):
    """What each attacker reaches.

    intervals: one row per attacker and withheld cell: attacker, cell, low, high (whole numbers that are both possible; others beyond
    them may be, where the need is met), need, is_narrow. worlds: whole counts per class (`known` says which) that agree with all that is
    published, and are made of that alone.
    """

    intervals: pl.DataFrame
    known: Known
    worlds: list[np.ndarray]

    @property
    def narrow(self) -> pl.DataFrame:
        return self.intervals.filter("is_narrow")


def audit(
    cells: Cells, counts: np.ndarray, published: np.ndarray, need: np.ndarray, attackers: Sequence[Attacker], inner_counts: np.ndarray | None = None
) -> Audit:
    """Intervals that the attackers reach for each withheld cell with a need.

    counts: per cell, only published ones are read; need: the difference between two possible counts that must remain; inner_counts: where
    insiders may sit, needed for attackers with own records and for nothing else. Raises TablesDoNotAddUp, NoAnswer, ValueError.
    """
    if inner_counts is None and any(attacker.own for attacker in attackers):
        raise ValueError("an insider's place is needed: give inner_counts")
    floors = sorted({0, *(attacker.at_least for attacker in attackers)})
    searches = {floor: _Search(Known(cells, counts, published, need, floor)) for floor in floors}
    frames = []
    for attacker in attackers:
        search, places = searches[attacker.at_least], [-1]
        if attacker.own and inner_counts is not None:
            places = np.unique(search.known.of[inner_counts >= attacker.own]).tolist()
            search = _Search(search.known, search.worlds)  # what depends on true counts stays out of the worlds of the certificate
        frames.append(_intervals(search, attacker, places, need))
    return Audit(pl.concat(frames), searches[0].known, searches[0].worlds)


def _intervals(search: _Search, attacker: Attacker, places: Sequence[int], need: np.ndarray) -> pl.DataFrame:
    known = search.known
    cell = np.flatnonzero(known.question >= 0)
    narrow = np.zeros(len(known.need), dtype=bool)
    room, low, high = np.full(len(known.need), np.inf), np.zeros(len(known.need)), np.full(len(known.need), np.inf)
    for place in places:
        found = search.answer(place, attacker.own)
        closer = found.high - found.low < room
        low[closer], high[closer] = found.low[closer], found.high[closer]
        room = np.minimum(room, found.high - found.low)
        narrow |= found.is_narrow
    question = known.question[cell]
    return pl.DataFrame(
        {"attacker": [attacker.name] * len(cell), "cell": cell, "low": low[question], "high": high[question], "need": need[cell], "is_narrow": narrow[question]}
    )


class _Found(NamedTuple):
    low: np.ndarray
    high: np.ndarray
    is_narrow: np.ndarray


class _Search:
    """Whole-number worlds over classes that agree with what is known; those found for one question serve all others."""

    def __init__(self, known: Known, worlds: Sequence[np.ndarray] = ()) -> None:
        self.known, self.worlds = known, list(worlds)
        if not worlds:
            self._find(np.zeros(len(known.size)), None)

    def _find(self, costs: np.ndarray, floor: tuple[int, int] | None, more: sp.csr_matrix | None = None) -> np.ndarray:
        world = self.known.solve(costs, whole=True, floor=floor, more=more)
        if world is None:
            raise TablesDoNotAddUp("no whole counts agree with what is published, or with what an insider knows besides")
        self.worlds.append(world)
        return world

    def answer(self, place: int, own: int) -> _Found:
        """Per question the lowest and highest whole number seen, with `own` records known in the class `place` (-1: nobody's)."""
        known, floor = self.known, (place, own) if place >= 0 else None
        # whoever knows own records in a class that a cell has a part of, knows them in the cell or outside it
        taken = own * np.asarray((known.part[:, place] - known.whole[:, place]).todense()).ravel() if place >= 0 else np.zeros(len(known.need), dtype=np.int64)
        need = known.need + taken
        low, high = np.full(len(need), np.inf), np.full(len(need), -np.inf)

        def learn(world: np.ndarray) -> None:
            np.minimum(low, known.whole @ world, out=low)
            np.maximum(high, known.part @ world, out=high)

        for world in self.worlds:
            if floor is None or world[place] >= own:
                learn(world)
        rng = np.random.default_rng(len(need))
        stuck = 0
        while stuck < 2 and len(open_ := np.flatnonzero(~(high - low >= need))):
            tried = rng.permutation(open_)[:TOGETHER]
            learn(self._move(tried, np.where(np.isfinite(low[tried]), low[tried], 0) + need[tried], floor))
            stuck = 0 if (high[tried] - low[tried] >= need[tried]).sum() > 4 else stuck + 1
        is_narrow = np.zeros(len(need), dtype=bool)
        for question in np.flatnonzero(~(high - low >= need)):
            if not high[question] - low[question] >= need[question]:
                is_narrow[question] = not self._widen(int(question), int(need[question]), floor, learn, low, high)
        return _Found(low, high - taken, is_narrow)

    def _move(self, tried: np.ndarray, goal: np.ndarray, floor: tuple[int, int] | None) -> np.ndarray:
        """A world in which as many of the tried questions as can be get as high as their goal (halfway counts half)."""
        part = sp.hstack([self.known.part[tried], sp.diags(-goal.astype(float))]).tocsr()
        return self._find(np.append(np.zeros(len(self.known.size)), np.ones(len(tried))), floor, part)

    def _widen(self, question: int, need: int, floor: tuple[int, int] | None, learn: Callable[[np.ndarray], None], low: np.ndarray, high: np.ndarray) -> bool:
        """Is there room? First by linear programmes, which can only say no; then in whole numbers."""
        known = self.known
        ends = []
        for row, sign in ((known.part[question], 1.0), (known.whole[question], -1.0)):
            costs = sign * row.toarray().ravel()
            point = known.solve(costs, whole=False, floor=floor)
            if point is None:
                raise TablesDoNotAddUp("no counts agree with what is published")
            ends.append(float(costs @ point))
        if np.floor(ends[0] + TINY) - np.ceil(-ends[1] - TINY) < need:
            return False
        for row, sign in ((known.part[question], 1.0), (known.whole[question], -1.0)):
            learn(self._find(sign * row.toarray().ravel(), floor))
            if high[question] - low[question] >= need:
                return True
        return False
