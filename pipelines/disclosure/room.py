"""Protect: how much room published counts leave a withheld one, and which published cells take it away.

Whether the whole numbers between are all possible is the auditor's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipelines.disclosure.groups import TINY, Groups, Programme, lift
from pipelines.disclosure.model import Cells

ENOUGH = 100  # narrow cells before some published cell goes: they are narrow for the same few reasons
LIKELY = 40  # patterns asked one by one, before the others are lifted together: those narrow lately and those like a cell on trial
TOGETHER = 256  # patterns lifted by one programme


class Narrow(NamedTuple):
    """A withheld cell with less room than it needs, and the published cells from which that follows."""

    cell: int
    proof: np.ndarray


class Enemy(NamedTuple):
    """Whom to protect from: one who knows that a withheld cell holds `at_least` so many, and `own` records of one inner cell as theirs."""

    at_least: int = 0
    own: int = 0


NOBODY = Enemy()


class Room:
    """Asks for withheld cells without room. The possible worlds found on the way are kept: they answer most later questions."""

    def __init__(self, cells: Cells, counts: np.ndarray, need: np.ndarray, inner_counts: np.ndarray, enemy: Enemy, rng: np.random.Generator) -> None:
        """need: per cell, the difference between highest and lowest count that must stay possible (0: none)."""
        self.cells, self.counts, self.need, self.enemy, self.rng = cells, counts, need, enemy, rng
        self.points = self.true_world = inner_counts[None, :].astype(float)  # a possible one, whatever is published
        self.suspects: list[int] = []

    def find_narrow(self, published: np.ndarray, added: Sequence[int] = ()) -> list[Narrow]:
        """The withheld cells with less room than they need. added: cells that were not published when this was asked before; where it is one
        alone, on trial, the search ends at one.

        Raises TablesDoNotAddUp when no counts agree with the published ones, NoAnswer when the solver stops.
        """
        trial = added[0] if len(added) == 1 else None
        enough = ENOUGH if trial is None else 1
        groups = Groups(self.cells, self.counts, published, self.need, self.enemy.at_least)
        worlds = self._agreeing(added)
        search = _Search(groups, groups.gather(worlds))
        found: dict[int, Narrow] = {}
        for place, own in self._insiders(search):
            search.hold(place, own)
            need = groups.need + own * groups.part(place)
            likely, others = self._order(groups, trial)
            for rank, pattern in enumerate(np.append(likely, others)):
                if rank == len(likely):
                    search.sweep(need, self.rng)
                if search.room(pattern) < need[pattern] - TINY and (proof := search.ask(pattern, need[pattern])) is not None:
                    found.setdefault(int(pattern), Narrow(int(groups.asked[pattern]), proof))
                    if len(found) == enough:
                        break
            if len(found) == enough:
                break
        if not found or trial is None:  # many a trial fails, and its worlds say little
            old, new = search.telling()
            self.points = np.vstack([worlds[old], groups.scatter(new)])
        self.suspects = list(dict.fromkeys([*(each.cell for each in found.values()), *self.suspects]))
        return list(found.values())

    def _agreeing(self, added: Sequence[int]) -> np.ndarray:
        """The worlds in which these cells have their counts too; of one cell also mixtures: of a world where it is higher with the one where it
        is lowest, and the other way."""
        off = np.asarray((self.cells.inner[list(added)] @ self.points.T).T) - self.counts[list(added)]
        mixed = [self.true_world[: len(added)], self.points[(np.abs(off) < TINY).all(axis=1)]]
        if len(added) == 1:
            off = off.ravel()
            for sign in (1, -1):
                far, other = sign * off >= TINY, int(np.argmin(sign * off)) if len(off) else 0
                if far.any() and sign * off[other] <= -TINY:
                    share = (off[other] / (off[other] - off[far]))[:, None]
                    mixed.append(share * self.points[far] + (1 - share) * self.points[other])
        return np.vstack(mixed)

    def _order(self, groups: Groups, trial: int | None) -> tuple[np.ndarray, np.ndarray]:
        """Patterns that are likely to be narrow, and the others: what was narrow before, the last found at the head, and, where one cell more
        is tried, what is most like it."""
        suspects = groups.pattern[self.suspects[:LIKELY]]
        suspects = suspects[suspects >= 0]
        if trial is None:
            likely, others = suspects, self.rng.permutation(len(groups.need))
        else:
            own = (self.cells.inner[trial] @ groups.members).tocsr()
            likeness = 2 * np.asarray((groups.touch @ (own > 0).T.astype(np.int64)).todense()).ravel() - np.diff(groups.touch.indptr)
            others = np.argsort(-likeness, kind="stable")
            likely = np.append(suspects[: LIKELY // 2], others[: LIKELY // 2])
        likely = likely[np.sort(np.unique(likely, return_index=True)[1])]
        return likely, others[~np.isin(others, likely)]

    def _insiders(self, search: _Search) -> Iterator[tuple[int, int]]:
        """Nobody, and insiders in every group where their records can be: the true places would tell by what they make withhold."""
        yield -1, 0
        if own := self.enemy.own:
            yield from ((place, own) for place in range(len(search.groups.example)) if search.may_hold(place, own))


class _Search:
    """Possible worlds over groups, and the linear programme that finds more of them; both for one insider at a time, or nobody."""

    def __init__(self, groups: Groups, points: np.ndarray) -> None:
        self.groups, self.programme, self.was = groups, Programme(groups), len(points)
        self.points, self.tops, self.bottoms = (
            _Rows(each) for each in (points, np.asarray((groups.touch @ points.T).T), np.asarray((groups.full @ points.T).T))
        )

    def hold(self, place: int, own: int) -> None:
        """From now on `own` records are known in the group `place` (-1: nowhere)."""
        self.place, self.own = place, own
        patterns = len(self.groups.need)
        self.highest, self.lowest = np.zeros(patterns, dtype=np.int64), np.zeros(patterns, dtype=np.int64)  # in which world
        tops, bottoms = self.tops.filled, self.bottoms.filled
        if place >= 0:
            which = self.points.filled[:, place] >= own - TINY
            tops, bottoms = tops[which], bottoms[which]
        elif len(tops):
            self.highest, self.lowest = tops.argmax(axis=0), bottoms.argmin(axis=0)
        self.high, self.low = tops.max(axis=0, initial=-np.inf), bottoms.min(axis=0, initial=np.inf)

    def may_hold(self, place: int, own: int) -> bool:
        """Can a group have so many, as far as linear programmes see?"""
        if self.points.filled[:, place].max(initial=0.0) < own - TINY:
            self.hold(-1, 0)
            self.programme.hold(-1, 0)
            self._learn(self.programme.solve(np.array([place]), 1)[0])
        return bool(self.points.filled[:, place].max(initial=0.0) >= own - TINY)

    def sweep(self, need: np.ndarray, rng: np.random.Generator) -> None:
        """Lift patterns many at a time, while a fifth of those tried gets the room that it needs."""
        while len(narrow := np.flatnonzero(self.high - self.low < need - TINY)) > TOGETHER // 8:
            tried = rng.permutation(narrow)[:TOGETHER]
            goal = np.where(np.isfinite(self.low[tried]), self.low[tried], 0) + need[tried]
            self._learn(lift(self.groups, tried, goal, self.place, self.own))
            if np.mean(self.high[tried] - self.low[tried] >= need[tried] - TINY) < 0.2:
                break

    def _learn(self, point: np.ndarray) -> None:
        top, bottom = self.groups.touch @ point, self.groups.full @ point
        self.highest[top > self.high], self.lowest[bottom < self.low] = len(self.points.filled), len(self.points.filled)
        np.maximum(self.high, top, out=self.high)
        np.minimum(self.low, bottom, out=self.low)
        for rows, row in ((self.points, point), (self.tops, top), (self.bottoms, bottom)):
            rows.append(row)

    def telling(self) -> tuple[np.ndarray, np.ndarray]:
        """Which of the worlds to keep, those that show the highest or lowest count of some pattern, and with insiders all: numbers of those
        it began with, and the new ones (worlds x groups)."""
        points = self.points.filled
        kept = np.arange(len(points)) if self.place >= 0 or not len(self.groups.need) else np.union1d(self.highest, self.lowest)
        return kept[kept < self.was], points[kept[kept >= self.was]]

    def room(self, pattern: int) -> float:
        """Between the highest and lowest count seen."""
        return float(self.high[pattern] - self.low[pattern])

    def ask(self, pattern: int, need: float) -> np.ndarray | None:
        """The published cells that prove that a pattern has less room than it needs, or None."""
        self.programme.hold(self.place, self.own)
        proofs = [self.groups.known[self.groups.why[pattern]]]
        for groups, sense in ((self.groups.touched[pattern], 1), (self.groups.held[pattern], -1)):
            if len(groups):
                point, proof = self.programme.solve(groups, sense)
                self._learn(point)
                proofs.append(proof)
            else:
                self.low[pattern] = min(0.0, self.low[pattern])
            if self.room(pattern) >= need - TINY:
                return None
        return np.unique(np.concatenate(proofs))


class _Rows:
    """Rows of numbers that become more; room is doubled, so that adding one copies nothing (copying took a third of the time)."""

    def __init__(self, rows: np.ndarray) -> None:
        self._rows, self._size = rows, len(rows)

    def append(self, row: np.ndarray) -> None:
        if self._size == len(self._rows):
            self._rows = np.vstack([self._rows, np.empty((self._size + 16, len(row)))])
        self._rows[self._size] = row
        self._size += 1

    @property
    def filled(self) -> np.ndarray:
        return self._rows[: self._size]
