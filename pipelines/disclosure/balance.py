"""Figures to publish by looking at one sum at a time: none may leave a withheld count alone, or with too little beside it.

Cheap, and it leaves little to linear programmes: oc_registraties of the sample took these alone more than 300 s, and 9 s after this.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp


class Balance:
    """Which figures are published, kept so that every sum is in balance as far as more can be withheld."""

    def __init__(self, sums: sp.csr_matrix, counts: np.ndarray, need: np.ndarray, rows: sp.csr_matrix, worth: np.ndarray, rng: np.random.Generator) -> None:
        """sums: equations over counts (a whole with factor 1, its parts with -1); need: per count the room that it needs when it is withheld;
        rows: figures x counts, those that policy lets go out, all published at first; a count is published with any of its figures; worth: what
        publishing a count is worth."""
        self._sums, self._of_count = sums.tocsr(), sums.tocsc()
        self._counts, self._need, self._rows, self._with_count = counts, need, rows.tocsr(), rows.tocsc()
        self.figures = np.ones(rows.shape[0], dtype=bool)
        self._times = np.asarray(rows.sum(axis=0)).ravel()  # in how many published figures a count stands
        self._price = np.asarray(rows.T @ (rows @ worth)).ravel() * rng.uniform(0.9, 1.1, size=len(counts))
        self._mend(list(range(sums.shape[0])))

    @property
    def published(self) -> np.ndarray:
        """Of each count: is it published?"""
        return self._times > 0

    def withhold(self, counts: list[int]) -> None:
        """Withhold the figures that show any of these counts, and what must go with them."""
        self._mend([sum_ for count in counts for sum_ in self._withhold(count)])

    def figure_of(self, count: int) -> int | None:
        """A withheld figure of which this is the only count that is not published, so that it can be given back; None where there is none."""
        for figure in _entries(self._with_count, count):
            if not self.figures[figure] and (self._times[_entries(self._rows, figure)] == 0).sum() == 1:
                return int(figure)
        return None

    def give_back(self, figure: int) -> bool:
        """Publish a figure again; says whether all its sums are still in balance."""
        self.figures[figure] = True
        shown = _entries(self._rows, figure)
        self._times[shown] += 1
        return not any(self._is_narrow(sum_) for count in shown for sum_ in _entries(self._of_count, count))

    def take_back(self, figure: int) -> None:
        """Undo `give_back`."""
        self.figures[figure] = False
        self._times[_entries(self._rows, figure)] -= 1

    def _mend(self, waiting: list[int]) -> None:
        while waiting:
            sum_ = waiting.pop()
            while self._is_narrow(sum_):
                columns = _entries(self._sums, sum_)
                shown = columns[self._times[columns] > 0]
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
