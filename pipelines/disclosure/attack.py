"""Audit: how far each attacker gets with each withheld cell. Where it says wide, whole numbers prove it; where narrow, no others exist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.known import Known
from pipelines.disclosure.model import Cells, TablesDoNotAddUp
from pipelines.disclosure.programmes import TINY, Programmes

TOGETHER = 400  # questions moved by one programme in whole numbers
ENOUGH = 40  # one in so many settled by a programme: the rest takes no longer one by one


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
    published and with the rules, and are made of that alone.
    """

    intervals: pl.DataFrame
    known: Known
    worlds: list[np.ndarray]

    @property
    def narrow(self) -> pl.DataFrame:
        return self.intervals.filter("is_narrow")


def audit(cells: Cells, counts: np.ndarray, published: np.ndarray, need: np.ndarray, attackers: Sequence[Attacker]) -> Audit:
    """Intervals that the attackers reach for each withheld cell with a need.

    counts: per cell, only published ones are read; need: the difference between two possible counts that must remain. Insiders may sit wherever
    their records can be, as far as anybody knows: so nothing here depends on a count that is withheld. Raises TablesDoNotAddUp and NoAnswer.
    """
    floors = sorted({0, *(attacker.at_least for attacker in attackers)})
    searches = {floor: _Search(Known(cells, counts, published, need, floor)) for floor in floors}
    frames = []
    for attacker in attackers:
        search, places = searches[attacker.at_least], [-1]
        if attacker.own:
            places = list(range(len(search.known.size)))
            search = _Search(search.known, search.worlds)  # the worlds of the certificate are few, and made for it
        frames.append(_intervals(search, attacker, places, need))
    strictest = searches[floors[-1]]  # whoever knows the rules can rule out more: these worlds hold for an outsider too
    return Audit(pl.concat(frames), strictest.known, strictest.worlds)


def _intervals(search: _Search, attacker: Attacker, places: Sequence[int], need: np.ndarray) -> pl.DataFrame:
    known = search.known
    cell = np.flatnonzero(known.question >= 0)
    narrow = np.zeros(len(known.need), dtype=bool)
    room, low, high = np.full(len(known.need), np.inf), np.zeros(len(known.need)), np.full(len(known.need), np.inf)
    for place in places:
        if (found := search.answer(place, attacker.own)) is None:
            continue
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
        self.known, self.worlds, self.programmes = known, list(worlds), Programmes(known)
        if not worlds:
            self._keep(self.programmes.whole(np.zeros(len(known.size))))

    def _keep(self, world: np.ndarray | None) -> np.ndarray:
        if world is None:
            raise TablesDoNotAddUp("no whole counts agree with what is published")
        self.worlds.append(world)
        return world

    def answer(self, place: int, own: int) -> _Found | None:
        """Per question the lowest and highest whole number seen, with `own` records known in the class `place` (-1: nobody's); None where no
        world has so many there."""
        known = self.known
        self.programmes.hold(place, own)
        # whoever knows own records in a class that a cell has a part of, knows them in the cell or outside it
        taken = own * np.asarray((known.part[:, place] - known.whole[:, place]).todense()).ravel() if place >= 0 else np.zeros(len(known.need), dtype=np.int64)
        seen = _Seen(known, known.need + taken)
        for world in self.worlds:
            if place < 0 or world[place] >= own:
                seen.learn(world)
        if not seen.worlds:
            if (first := self.programmes.whole(np.zeros(len(known.size)))) is None:
                return None
            seen.learn(self._keep(first))
        rng = np.random.default_rng(len(known.need))
        while len(open_ := seen.open()):
            tried = rng.permutation(open_)[:TOGETHER]
            seen.learn(self._move(tried, seen.low[tried] + seen.need[tried]))
            if (len(open_) - len(seen.open())) * ENOUGH < len(tried):
                break
        is_narrow = np.zeros(len(known.need), dtype=bool)
        for question in seen.open():
            if seen.lacks(question):
                is_narrow[question] = not self._widen(int(question), seen)
        return _Found(seen.low, seen.high - taken, is_narrow)

    def _move(self, tried: np.ndarray, goal: np.ndarray) -> np.ndarray:
        """A world in which as many of the tried questions as can be get as high as their goal (halfway counts half)."""
        part = sp.hstack([self.known.part[tried], sp.diags(-goal.astype(float))]).tocsr()
        return self._keep(self.programmes.whole(np.append(np.zeros(len(self.known.size)), np.ones(len(tried))), part))

    def _widen(self, question: int, seen: _Seen) -> bool:
        """Is there room? First by linear programmes, which can only say no; then in whole numbers near a point of theirs, then in any."""
        ends, need = 0.0, int(seen.need[question])
        sides = [(row.toarray().ravel() * sign, sign) for row, sign in ((self.known.part[question], 1), (self.known.whole[question], -1))]
        for costs, sign in sides:
            point = self.programmes.fractions(costs)
            if point is None:
                raise TablesDoNotAddUp("no counts agree with what is published")
            ends += np.floor(costs @ point + TINY)
            if sign < 0 and ends < need:
                return False
            # from where it is furthest off, most of the way is between
            seen.learn(self._keep(self.programmes.between(costs, seen.furthest(question, sign), point)))
            if not seen.lacks(question):
                return True
        for costs, _ in sides:
            seen.learn(self._keep(self.programmes.whole(costs)))
            if not seen.lacks(question):
                return True
        return False


class _Seen:
    """The lowest and highest whole number of each question in the worlds of one attacker."""

    def __init__(self, known: Known, need: np.ndarray) -> None:
        self.known, self.need, self.worlds = known, need, list[np.ndarray]()
        self.low, self.high = np.full(len(need), np.inf), np.full(len(need), -np.inf)
        self._lowest, self._highest = np.zeros(len(need), dtype=np.int64), np.zeros(len(need), dtype=np.int64)  # in which world

    def learn(self, world: np.ndarray) -> None:
        low, high = self.known.whole @ world, self.known.part @ world
        self._lowest[low < self.low], self._highest[high > self.high] = len(self.worlds), len(self.worlds)
        self.low, self.high = np.minimum(self.low, low), np.maximum(self.high, high)
        self.worlds.append(world)

    def lacks(self, question: int) -> bool:
        """Has it not been seen with the room that it needs?"""
        return bool(self.high[question] - self.low[question] < self.need[question])

    def open(self) -> np.ndarray:
        return np.flatnonzero(self.high - self.low < self.need)

    def furthest(self, question: int, sign: int) -> np.ndarray:
        """The world from which to go up (sign 1) or down (-1)."""
        return self.worlds[(self._lowest if sign > 0 else self._highest)[question]]
