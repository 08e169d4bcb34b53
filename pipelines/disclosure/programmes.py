"""Audit: programmes over what an attacker knows, in numbers with fractions (which can only say no) and in whole numbers."""

from __future__ import annotations

import highspy
import numpy as np
import scipy.sparse as sp

from pipelines.disclosure.known import Known
from pipelines.disclosure.model import NoAnswer

SECONDS = 120.0  # for one programme
TINY = 1e-6


class Programmes:
    """The counts of the classes of `known` that agree with all of it; those with the highest costs are sought. All raise NoAnswer.

    `held`: a class and how many records it has at the least, for one who knows these to be their own; (-1, 0) for nobody.
    """

    def __init__(self, known: Known) -> None:
        self.known, self.held = known, (-1, 0)
        self._fractions: highspy.Highs | None = None

    def hold(self, place: int, own: int) -> None:
        """From now on the class `place` has `own` records at the least, and the one before has no least."""
        if self._fractions is not None:
            for each, least in ((self.held[0], 0), (place, own)):
                if each >= 0:
                    self._fractions.changeColBounds(each, float(least), float(self.known.cap + least))
        self.held = (place, own)

    def fractions(self, costs: np.ndarray) -> np.ndarray | None:
        """With fractions; None where nothing agrees. One programme is asked again and again with other costs: 2 ms in the place of 14 for a new one."""
        known = self.known
        if not len(costs):
            return np.zeros(0) if known.agrees(np.zeros(0, dtype=np.int64)) else None
        if self._fractions is None:
            self._fractions = _solver(*self._bounds(), known.limits, known.least, known.most)
            self._fractions.setOptionValue("presolve", "off")
        self._fractions.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs.astype(float))
        return _answer(self._fractions, again=True)

    def whole(self, costs: np.ndarray, more: sp.csr_matrix | None = None) -> np.ndarray | None:
        """In whole numbers; None where nothing agrees. more: rows over the classes, and over columns of their own between 0 and 1 (with the
        last of the `costs`), that are 0 at the least; then a good answer is enough."""
        known, extra = self.known, len(costs) - len(self.known.size)
        if not len(costs):
            nobody = np.zeros(0, dtype=np.int64)
            return nobody if known.agrees(nobody) else None
        rows, least, most = sp.hstack([known.limits, sp.csr_matrix((known.limits.shape[0], extra), dtype=np.int64)]).tocsr(), known.least, known.most
        if more is not None:
            rows = sp.vstack([rows, more]).tocsr()
            least, most = np.append(least, np.zeros(more.shape[0])), np.append(most, np.full(more.shape[0], np.inf))
        lower, upper = self._bounds()
        highs = _solver(np.append(lower, np.zeros(extra)), np.append(upper, np.ones(extra)), rows, least, most, costs, whole=len(known.size))
        # a world from the middle leaves many cells room at once, and is mostly whole: a block of registraties took 1.7 s in the place of 10
        highs.setOptionValue("mip_lp_solver", "ipm")
        highs.setOptionValue("mip_rel_gap", 0.0 if more is None else 0.3)
        answer = _answer(highs)
        return None if answer is None else self._checked(answer[: len(known.size)])

    def between(self, costs: np.ndarray, world: np.ndarray, point: np.ndarray) -> np.ndarray:
        """In whole numbers between those of a world and those of a point with fractions, class by class: a small programme, for most are equal."""
        low, high = np.minimum(world, np.floor(point + TINY)), np.maximum(world, np.ceil(point - TINY))
        free = np.flatnonzero(low < high)
        if not len(free):
            return world
        own = self.known.limits[:, free]
        touched = np.flatnonzero(np.diff(own.indptr))
        fixed = self.known.limits[touched] @ world - own[touched] @ world[free]
        least, most = self.known.least[touched] - fixed, self.known.most[touched] - fixed
        answer = _answer(_solver(low[free], high[free], own[touched], least, most, costs[free], whole=len(free)))
        found = world.astype(float)
        if answer is not None:
            found[free] = answer
        return self._checked(found)

    def _bounds(self) -> tuple[np.ndarray, np.ndarray]:
        lower, upper = np.zeros(len(self.known.size)), np.full(len(self.known.size), float(self.known.cap))
        if self.held[0] >= 0:
            lower[self.held[0]] += self.held[1]
            upper[self.held[0]] += self.held[1]
        return lower, upper

    def _checked(self, answer: np.ndarray) -> np.ndarray:
        world = np.rint(answer).astype(np.int64)
        if not self.known.agrees(world):
            raise NoAnswer("the solver's whole numbers do not agree with what is published")
        return world


def _solver(
    lower: np.ndarray, upper: np.ndarray, rows: sp.csr_matrix, least: np.ndarray, most: np.ndarray, costs: np.ndarray | None = None, *, whole: int = 0
) -> highspy.Highs:
    """Highest costs over columns between `lower` and `upper`, the first `whole` of them in whole numbers, with least <= rows @ columns <= most."""
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.zeros(len(lower)) if costs is None else costs.astype(float)
    model.col_lower_, model.col_upper_, model.row_lower_, model.row_upper_ = lower, upper, least, most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows.indptr, rows.indices, rows.data.astype(float)
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * whole + [highspy.HighsVarType.kContinuous] * (len(lower) - whole)
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.passModel(model)
    return highs


def _answer(highs: highspy.Highs, *, again: bool = False) -> np.ndarray | None:
    """The columns of the best answer; None where there is none. again: from the last one, and afresh where that ends without an answer."""
    for strategy in (4, 1) if again else (1,):  # primal: the last answer keeps to all limits still
        highs.setOptionValue("simplex_strategy", strategy)
        highs.setOptionValue("time_limit", highs.getRunTime() + SECONDS)  # its clock counts on from one question to the next
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return np.asarray(highs.getSolution().col_value)
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        highs.clearSolver()
    raise NoAnswer(f"the solver stopped without an answer ({highs.modelStatusToString(status)})")
