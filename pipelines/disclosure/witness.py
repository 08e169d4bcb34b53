"""The certificate's worlds: whole counts of inner cells that agree with all that is published and differ on every withheld cell.

Made of the auditor's counts per class, which come from published values alone: the records of a class are laid into other
inner cells of it, world by world, until every withheld cell has been high and low enough.
"""

from __future__ import annotations

import numpy as np

from pipelines.disclosure.known import Known
from pipelines.disclosure.model import Cells


def lay_out_worlds(cells: Cells, published: np.ndarray, need: np.ndarray, known: Known, classes: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Worlds (int64, worlds x inner cells) and which withheld cells with a need they do not show to be wide (boolean, per cell).

    classes: worlds as whole counts per class of `known` (see `attack.Audit`). Chance is the same each time: drawn from the secret seed of
    what protects, the worlds, which are public, would say something about that seed.
    """
    return _Layout(cells, published, need, known, np.random.default_rng(0)).run(classes)


class _Layout:
    def __init__(self, cells: Cells, published: np.ndarray, need: np.ndarray, known: Known, rng: np.random.Generator) -> None:
        self.known, self.rng = known, rng
        self.asked = np.flatnonzero(~published & (need > 0))
        self.inner = cells.inner[self.asked].astype(np.int64).tocsr()
        self.need, self.question = need[self.asked], known.question[self.asked]
        self.order = np.argsort(known.of, kind="stable")  # inner cells by class
        self.start = np.searchsorted(known.of[self.order], np.arange(len(known.size) + 1))
        self.low, self.high = np.full(len(self.asked), np.iinfo(np.int64).max), np.full(len(self.asked), -1)
        self.worlds: list[np.ndarray] = []

    def run(self, classes: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        tops, lows = [self.known.part @ each for each in classes], [self.known.whole @ each for each in classes]
        top, low = np.argmax(tops, axis=0)[self.question], np.argmin(lows, axis=0)[self.question]
        least = np.min(lows, axis=0)[self.question]
        for number, each in enumerate(classes):
            self._show(each, np.flatnonzero(top == number), up=True, goal=least + self.need)
        for number, each in enumerate(classes):
            self._show(each, np.flatnonzero(low == number), up=False, goal=least)
        missing = np.zeros(len(self.known.question), dtype=bool)
        missing[self.asked] = self._open()
        return np.array(self.worlds, dtype=np.int64).reshape(-1, len(self.known.of)), missing

    def _open(self) -> np.ndarray:
        return np.asarray(self.high - np.minimum(self.low, self.high) < self.need)

    def _show(self, world: np.ndarray, rows: np.ndarray, *, up: bool, goal: np.ndarray) -> None:
        """Lay the records of one world over classes out until each of these cells has been as high (or low) as its goal."""
        left = rows
        while True:
            done = self.high[left] >= goal[left] if up else self.low[left] <= goal[left]
            left = left[~done & self._open()[left]]
            if not len(left):
                return
            laid = self._lay(world, self.rng.permutation(left), up=up, goal=goal)
            counts = self.inner @ laid
            before = len(left)
            np.minimum(self.low, counts, out=self.low)
            np.maximum(self.high, counts, out=self.high)
            self.worlds.append(laid)
            left = left[(self.high[left] < goal[left]) if up else (self.low[left] > goal[left])]
            if len(left) == before:
                return

    def _lay(self, world: np.ndarray, rows: np.ndarray, *, up: bool, goal: np.ndarray) -> np.ndarray:
        """Into (or beside) the cells in turn, as far as records are left; what is left over lies anywhere in its class."""
        left, laid = world.copy(), np.zeros(len(self.known.of), dtype=np.int64)
        barred = np.zeros(len(self.known.of), dtype=bool)
        for row in rows:
            members = self.inner.indices[self.inner.indptr[row] : self.inner.indptr[row + 1]]
            members = members[self.known.of[members] >= 0]
            if not up:
                barred[members] = True
                if not self._room_beside(barred, world, members):
                    barred[members] = False
                continue
            lacking = int(goal[row] - laid[members].sum())
            for member in self.rng.permutation(members):
                if lacking <= 0:
                    break
                taken = min(lacking, int(left[self.known.of[member]]))
                laid[member] += taken
                left[self.known.of[member]] -= taken
                lacking -= taken
        for each in np.flatnonzero(left):
            places = self.order[self.start[each] : self.start[each + 1]]
            free = places[~barred[places]]
            laid[self.rng.choice(free if len(free) else places)] += left[each]
        return laid

    def _room_beside(self, barred: np.ndarray, world: np.ndarray, members: np.ndarray) -> bool:
        """Has each class with records, of which this cell has only a part, an inner cell that is not barred?"""
        for each in np.unique(self.known.of[members]):
            places = self.order[self.start[each] : self.start[each + 1]]
            inside = np.isin(places, members)
            if world[each] and not inside.all() and barred[places].all():
                return False
        return True
