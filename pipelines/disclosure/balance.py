"""Figures to publish by looking at one sum at a time: none may leave a withheld count alone, or with too little beside it.

Cheap, and it leaves little to linear programmes: oc_registraties of the sample took these alone more than 300 s, and 9 s after this.
"""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.model import Cells


class Together(NamedTuple):
    """Figures that go out whole or not at all, for a share shows three counts: rows (csr, figures x cells, those that policy lets go out; a
    cell is published with any of its figures) and the sums of which they are parts (csr, equations x cells: a whole with factor 1, its parts with -1)."""

    rows: sp.csr_matrix
    sums: sp.csr_matrix


class Balance:
    """Which figures are published, kept so that every sum is in balance as far as more can be withheld."""

    def __init__(self, together: Together, counts: np.ndarray, need: np.ndarray, public: np.ndarray, worth: np.ndarray, rng: np.random.Generator) -> None:
        """together: its figures are all published at first; need: per count the room that it needs when it is withheld; public: the counts that
        are known already, whatever is withheld; worth: what publishing a count is worth."""
        sums, rows = together.sums, together.rows
        self._sums, self._of_count = sums.tocsr(), sums.tocsc()
        self._counts, self._need, self._rows, self._with_count = counts, need, rows.tocsr(), rows.tocsc()
        self.figures = np.ones(rows.shape[0], dtype=bool)
        self._times = np.asarray(rows.sum(axis=0)).ravel() + public  # in how many published figures a count stands, here or elsewhere
        self._price = np.asarray(rows.T @ (rows @ worth)).ravel() * rng.uniform(0.9, 1.1, size=len(counts))
        self._price[public] = np.inf
        self._public = public
        self._mend(list(range(sums.shape[0])))

    @property
    def published(self) -> np.ndarray:
        """Of each count: is it published?"""
        return self._times > 0

    def publish(self, counts: np.ndarray) -> None:
        """Publish the figures of which all counts are among these, and no other, whatever single sums say."""
        self.figures = self._rows @ ~counts == 0
        self._times = np.asarray(self._rows[self.figures].sum(axis=0)).ravel() + self._public

    def withhold(self, counts: list[int]) -> None:
        """Withhold the figures that show any of these counts, and what must go with them."""
        self._mend([sum_ for count in counts for sum_ in self._withhold(count)])

    def give_back_with(self, count: int) -> int | None:
        """Publish again a withheld figure of which this is the only count that is not published, and say which; None where there is none, or
        where a sum of it would lose its balance."""
        for figure in _entries(self._with_count, count):
            if not self.figures[figure] and (self._times[_entries(self._rows, figure)] == 0).sum() == 1:
                return int(figure) if self._give_back(int(figure)) else None
        return None

    def _give_back(self, figure: int) -> bool:
        self.figures[figure] = True
        shown = _entries(self._rows, figure)
        self._times[shown] += 1
        if any(self._is_narrow(sum_) for count in shown for sum_ in _entries(self._of_count, count)):
            self.take_back(figure)
            return False
        return True

    def take_back(self, figure: int) -> None:
        """Withhold a published figure, and it alone."""
        self.figures[figure] = False
        self._times[_entries(self._rows, figure)] -= 1

    def _mend(self, waiting: list[int]) -> None:
        while waiting:
            sum_ = waiting.pop()
            while self._is_narrow(sum_):
                columns = _entries(self._sums, sum_)
                shown = columns[self._times[columns] > 0]
                shown = shown[np.isfinite(self._price[shown])]
                parts = shown[~np.isin(shown, self._whole(sum_))]
                choice = parts if len(parts) else shown
                if not len(choice):
                    break  # nothing left to withhold: the programmes say whether that is enough
                waiting += self._withhold(int(choice[np.argmin(self._price[choice])]))

    def _whole(self, sum_: int) -> np.ndarray:
        return _entries(self._sums, sum_)[self._sums.data[self._sums.indptr[sum_] : self._sums.indptr[sum_ + 1]] > 0]

    def _is_narrow(self, sum_: int) -> bool:
        columns = _entries(self._sums, sum_)
        hidden = columns[self._times[columns] == 0]
        need = self._need[hidden].max(initial=0)
        if not need:
            return False
        # parts of a published whole share what is left of it; together with the whole they can all be larger
        return len(hidden) < 2 or bool((self._times[self._whole(sum_)] > 0).all() and self._counts[hidden].sum() < need)

    def _withhold(self, count: int) -> list[int]:
        touched: list[int] = []
        figures = _entries(self._with_count, count)
        for figure in figures[self.figures[figures]]:
            self.take_back(int(figure))
            for gone in _entries(self._rows, figure):
                if self._times[gone] == 0:
                    touched += _entries(self._of_count, gone).tolist()
        return touched


def _entries(matrix: sp.csr_matrix | sp.csc_matrix, row: int) -> np.ndarray:
    return matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]


def divide(cells: Cells) -> sp.csr_matrix:
    """The sums of tables: a cell with 1 and the cells of another table that divide it with -1 (csr, sums x cells).

    A table is the cells whose addresses have the same columns; one of which two cells share persons is left out. Of tables that divide one
    another in steps only the steps are here: districts by gemeenten, not the region by gemeenten where it is by districts.
    """
    blanks = pl.concat_str([pl.col(name).is_null().cast(pl.String) for name in cells.addresses.columns])
    layout, held = cells.addresses.select(blanks.rank("dense")).to_series().to_numpy(), cells.inner.tocoo()
    tables: list[np.ndarray] = []  # of each inner cell the cell that has it
    for number in np.unique(layout):
        inside = layout[held.row] == number
        if np.bincount(held.col[inside], minlength=cells.inner.shape[1]).max(initial=0) == 1:
            tables.append(np.full(cells.inner.shape[1], -1))
            tables[-1][held.col[inside]] = held.row[inside]
    parents = {(whole, part): parent for whole, part in permutations(range(len(tables)), 2) if len(parent := _parents(tables[whole], tables[part]))}
    steps = [pair for pair in parents if not any((pair[0], between) in parents and (between, pair[1]) in parents for between in range(len(tables)))]
    sums = [sp.csr_matrix((0, cells.inner.shape[0]), dtype=np.int64)]
    for whole, part in (parents[step].T for step in steps):
        wholes, row = np.unique(whole, return_inverse=True)
        places = (np.append(np.arange(len(wholes)), row), np.append(wholes, part))
        factors = np.append(np.ones(len(wholes), dtype=np.int64), -np.ones(len(part), dtype=np.int64))
        sums.append(sp.csr_matrix((factors, places), shape=(len(wholes), cells.inner.shape[0])))
    return sp.vstack(sums).tocsr()


def _parents(whole: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Of each cell of one table the cell of another that it is a part of (pairs, whole first), none where the one does not divide the other."""
    nothing = np.zeros((0, 2), dtype=np.int64)
    if ((whole < 0) != (part < 0)).any():
        return nothing
    pairs = np.unique(np.column_stack([whole, part])[whole >= 0], axis=0)
    return pairs if len(np.unique(pairs[:, 0])) < len(pairs) == len(np.unique(pairs[:, 1])) else nothing
