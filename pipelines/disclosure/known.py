"""Audit: all that an attacker knows, as limits to whole numbers, and the questions that the withheld cells put.

Inner cells that no limit tells apart form a class: its records can lie anywhere in it. So a withheld cell can be as high as the
sum of the classes that it has a part of, and as low as that of the classes that it has whole. This shares no code with what protects.
"""

from __future__ import annotations

import highspy
import numpy as np
import scipy.sparse as sp

from pipelines.disclosure.model import Cells, NoAnswer

SECONDS = 120.0  # for one programme


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

    def solve(self, costs: np.ndarray, *, whole: bool, floor: tuple[int, int] | None = None, more: sp.csr_matrix | None = None) -> np.ndarray | None:
        """The classes' counts with the highest `costs`, or None where there are none.

        whole: in whole numbers; floor: a class and how much it has at the least; more: rows over classes, and over columns of their own
        between 0 and 1, that are 0 at the least (then a good answer is enough). Raises NoAnswer.
        """
        size, wide = len(self.size), len(costs)
        if not wide:
            nobody = np.zeros(0, dtype=np.int64)
            return nobody if self.agrees(nobody) else None
        limits = sp.hstack([self.limits, sp.csr_matrix((self.limits.shape[0], wide - size), dtype=np.int64)]).tocsr()
        rows, least, most = limits, self.least, self.most
        if more is not None:
            rows = sp.vstack([limits, more]).tocsr()
            least, most = np.append(least, np.zeros(more.shape[0])), np.append(most, np.full(more.shape[0], np.inf))
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows.shape
        model.sense_ = highspy.ObjSense.kMaximize
        lower, upper = np.zeros(wide), np.append(np.full(size, float(self.cap)), np.ones(wide - size))
        if floor:
            lower[floor[0]] = floor[1]
            upper[floor[0]] += floor[1]
        model.col_cost_, model.col_lower_, model.col_upper_, model.row_lower_, model.row_upper_ = costs, lower, upper, least, most
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows.indptr, rows.indices, rows.data.astype(float)
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * size + [highspy.HighsVarType.kContinuous] * (wide - size)
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        # "ipm": a world from the middle leaves many cells room at once, and is mostly whole: a block of registraties took 1.7 s in the place of 10
        options: dict[str, bool | float | str] = {
            "output_flag": False,
            "time_limit": SECONDS,
            "mip_lp_solver": "ipm",
            "mip_rel_gap": 0.0 if more is None else 0.3,
        }
        for option, value in options.items():
            highs.setOptionValue(option, value)
        highs.passModel(model)
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise NoAnswer(f"the solver stopped without an answer ({highs.modelStatusToString(status)})")
        answer = np.asarray(highs.getSolution().col_value)[:size]
        if not whole:
            return answer
        world = np.rint(answer).astype(np.int64)
        if not self.agrees(world):
            raise NoAnswer("the solver's whole numbers do not agree with what is published")
        return world
