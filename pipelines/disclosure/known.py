"""Audit: all that an attacker knows, as limits to whole numbers, and the questions that the withheld cells put.

Inner cells that no limit tells apart form a class: its records can lie anywhere in it. So a withheld cell can be as high as the
sum of the classes that it has a part of, and as low as that of the classes that it has whole. This shares no code with what protects.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from pipelines.disclosure.model import Cells


class Known:
    """Limits over classes (`limits`, `least`, `most`), and one question per kind of withheld cell (`part`, `whole`, `need`)."""

    def __init__(self, cells: Cells, counts: np.ndarray, published: np.ndarray, need: np.ndarray, at_least: int = 0) -> None:
        """counts: only those of published cells are read; at_least: what every withheld cell with a need is known to have at the least."""
        shown, hidden = np.flatnonzero(published), np.flatnonzero(~published & (need > 0))
        floors = hidden if at_least else hidden[:0]
        limits = sp.vstack([cells.inner[shown], cells.inner[floors], cells.facts.rows]).tocsr().astype(np.int64)
        least = np.concatenate([counts[shown], np.full(len(floors), at_least), cells.facts.lower]).astype(float)
        most = np.concatenate([counts[shown], np.full(len(floors), np.inf), cells.facts.upper]).astype(float)
        nothing = np.asarray(cells.inner[shown[counts[shown] == 0]].sum(axis=0)).ravel() > 0
        kinds: dict[bytes, int] = {}
        columns = limits.tocsc()
        self.of = np.full(cells.inner.shape[1], -1)  # the class of each inner cell; -1 where nobody can be
        for place in np.flatnonzero(~nothing):
            entries = slice(columns.indptr[place], columns.indptr[place + 1])
            key = columns.indices[entries].tobytes() + columns.data[entries].tobytes()
            self.of[place] = kinds.setdefault(key, len(kinds))
        inside = np.flatnonzero(self.of >= 0)
        self.first = np.zeros(len(kinds), dtype=np.int64)
        self.first[self.of[inside][::-1]] = inside[::-1]
        self.size = np.bincount(self.of[inside], minlength=len(kinds))
        self.limits, self.least, self.most = limits[:, self.first].tocsr(), np.ceil(least), np.floor(most)
        self.members = sp.csr_matrix((np.ones(len(inside), dtype=np.int64), (inside, self.of[inside])), shape=(len(self.of), len(kinds)))
        held = (cells.inner[hidden].astype(np.int64) @ self.members).tocsr()
        held.sort_indices()
        asked: dict[bytes, int] = {}
        self.question = np.full(len(counts), -1)  # of each withheld cell
        for row, cell in enumerate(hidden):
            entries = slice(held.indptr[row], held.indptr[row + 1])
            key = held.indices[entries].tobytes() + (held.data[entries] == self.size[held.indices[entries]]).tobytes() + bytes(str(need[cell]), "ascii")
            self.question[cell] = asked.setdefault(key, len(asked))
        self.example = np.zeros(len(asked), dtype=np.int64)
        self.example[self.question[hidden][::-1]] = np.arange(len(hidden))[::-1]
        self.part = held[self.example]
        self.whole = self.part.copy()
        self.whole.data = (self.part.data == self.size[self.part.indices]).astype(np.int64)
        self.whole.eliminate_zeros()
        self.part.data = np.ones_like(self.part.data)
        self.need = need[hidden[self.example]].astype(np.int64)
        # more than all limits together and than any question asks: so high may a class be that nothing limits
        self.cap = int(np.abs(self.most[np.isfinite(self.most)]).sum() + len(self.size) * at_least + 2 * self.need.max(initial=0) + 1)

    def agrees(self, world: np.ndarray) -> bool:
        """Does a whole number per class keep to every limit? In exact arithmetic."""
        sums = self.limits @ world
        return bool((world >= 0).all() and (sums >= self.least).all() and (sums <= self.most).all())
