"""Protect: published cells over groups of inner cells that none of them tells apart, and linear programmes over these groups.

Whatever a group holds can lie anywhere in it, so a withheld cell is at most the sum of the groups that it touches and at least
that of the groups that lie in it whole.
"""

from __future__ import annotations

import highspy
import numpy as np
import scipy.sparse as sp

from pipelines.disclosure.model import Cells, NoAnswer, TablesDoNotAddUp

TINY = 1e-6
TIME_LIMIT = 300.0  # seconds for one programme; of 6,930 on the test table with 600 a year the mean was 0.02


class Groups:
    """Published cells and facts as rows over groups of inner cells, and the withheld cells by the groups that they touch and hold."""

    def __init__(self, cells: Cells, counts: np.ndarray, published: np.ndarray, need: np.ndarray, at_least: int) -> None:
        self.known = np.flatnonzero(published)
        asked = np.flatnonzero(~published & (need > 0))
        floors = asked if at_least else asked[:0]
        rows = sp.vstack([cells.inner[self.known], cells.facts.rows, cells.inner[floors]]).tocsr().astype(np.int64)
        self.lower = np.concatenate([counts[self.known], cells.facts.lower, np.full(len(floors), at_least)]).astype(float)
        self.upper = np.concatenate([counts[self.known], cells.facts.upper, np.full(len(floors), np.inf)]).astype(float)
        zero = self.known[counts[self.known] == 0]
        empty = np.asarray(cells.inner[zero].sum(axis=0)).ravel() > 0  # inner cells that a published nought empties
        numbers = np.random.default_rng(2).integers(1, 1 << 62, size=rows.shape[0])
        signature = np.where(empty, -1, rows.T @ numbers)  # not nought: that is of what no published cell holds
        _, example, group, sizes = np.unique(signature, return_index=True, return_inverse=True, return_counts=True)
        kept = np.flatnonzero(~empty[example])
        place = np.full(len(sizes), -1)
        place[kept] = np.arange(len(kept))
        self.group, self.example, self.width = place[group], example[kept], cells.inner.shape[1]
        inside = np.flatnonzero(self.group >= 0)
        self.members = sp.csr_matrix((np.ones(len(inside), dtype=np.int64), (inside, self.group[inside])), shape=(self.width, len(kept)))
        self.differences = _differences(rows[: len(self.known), self.example].tocsr())
        self.rows = sp.vstack([self.differences @ rows[: len(self.known), self.example], rows[len(self.known) :, self.example]]).tocsr()
        self.rows.eliminate_zeros()
        self.lower, self.upper = (np.append(self.differences @ each[: len(self.known)], each[len(self.known) :]) for each in (self.lower, self.upper))
        touch = (cells.inner[asked].astype(np.int64) @ self.members).tocsr()
        full = touch.copy()
        full.data = (touch.data == sizes[kept][touch.indices]).astype(np.int64)
        touch.data = np.ones_like(touch.data)
        full.eliminate_zeros()
        mark = np.random.default_rng(3).integers(1, 1 << 62, size=(2, len(kept)))
        alike = (touch @ mark[0] + full @ mark[1]) ^ (need[asked].astype(np.int64) << 1)
        _, first, pattern = np.unique(alike, return_index=True, return_inverse=True)  # cells that ask the same question
        self.asked, self.need, self.touch, self.full = asked[first], need[asked[first]].astype(float), touch[first], full[first]
        self.touched, self.held = (np.split(each.indices, each.indptr[1:-1]) for each in (self.touch, self.full))
        self.partly = (self.touch - self.full).tocsc()
        self.pattern = np.full(len(counts), -1)
        self.pattern[asked] = pattern
        # a group that nothing limits may hold more than all limits together and than any question asks
        self.cap = float(np.abs(self.upper[np.isfinite(self.upper)]).sum() + len(self.example) * at_least + 2 * self.need.max(initial=0) + 1)

    def part(self, group: int) -> np.ndarray:
        """Of each pattern: does it hold a part of this group?"""
        partly = np.zeros(len(self.need))
        if group >= 0:
            entries = slice(self.partly.indptr[group], self.partly.indptr[group + 1])
            partly[self.partly.indices[entries]] = self.partly.data[entries]
        return partly

    def gather(self, points: np.ndarray) -> np.ndarray:
        """Worlds over inner cells (worlds x inner cells) as worlds over groups."""
        return np.asarray(points @ self.members)

    def scatter(self, points: np.ndarray) -> np.ndarray:
        """Worlds over groups as worlds over inner cells, all of a group in one of them."""
        spread = np.zeros((len(points), self.width))
        spread[:, self.example] = points
        return spread


def _differences(cells: sp.csr_matrix) -> sp.csr_matrix:
    """Which cells to subtract from which, so that a total has only what its published parts do not have.

    cells: cells x groups, 0 or 1. Says the same with less: on the test table with 600 a year 12,618 entries of 43,141, and
    programmes in two thirds of the time.
    """
    size = np.diff(cells.indptr)
    shared = (cells @ cells.T).tocsr()
    minus: list[tuple[int, int]] = []
    for total in range(len(size)):
        row = slice(shared.indptr[total], shared.indptr[total + 1])
        others = shared.indices[row]
        parts = others[(shared.data[row] == size[others]) & ((size[others] < size[total]) | ((size[others] == size[total]) & (others < total)))]
        left = np.zeros(cells.shape[1], dtype=bool)
        left[cells.indices[cells.indptr[total] : cells.indptr[total + 1]]] = True
        for part in parts[np.argsort(-size[parts], kind="stable")]:
            members = cells.indices[cells.indptr[part] : cells.indptr[part + 1]]
            if len(members) and left[members].all():
                left[members] = False
                minus.append((total, int(part)))
    place = np.array(minus, dtype=np.int64).reshape(-1, 2).T
    less = sp.csr_matrix((np.ones(len(minus), dtype=np.int64), (place[0], place[1])), shape=(len(size), len(size)))
    return (sp.identity(len(size), dtype=np.int64, format="csr") - less).tocsr()


class Programme:
    """One linear programme, asked many times with another objective."""

    def __init__(self, groups: Groups) -> None:
        self.groups, self.costs, self.held = groups, np.zeros(groups.rows.shape[1]), (-1, 0)
        self.highs = _solver(self.costs, np.full(len(self.costs), groups.cap), groups.rows, groups.lower, groups.upper)
        self.back = groups.differences.T.tocsr()
        self.highs.setOptionValue("presolve", "off")  # the last answer is the better start

    def hold(self, place: int, own: int) -> None:
        """Keep at least `own` records in the group `place`, and no longer in the one before."""
        if (place, own) != self.held:
            for group, least in ((self.held[0], 0), (place, own)):
                if group >= 0:
                    self.highs.changeColBounds(group, float(least), self.groups.cap + least)
            self.held = (place, own)

    def solve(self, objective: np.ndarray, sense: int) -> tuple[np.ndarray, np.ndarray]:
        """A world with the highest (sense 1) or lowest (-1) sum of the groups in `objective`, and the published cells that prove it."""
        costs = np.zeros(len(self.costs))
        costs[objective] = -sense
        changed = np.flatnonzero(costs != self.costs).astype(np.int32)
        self.highs.changeColsCost(len(changed), changed, costs[changed])
        self.costs = costs
        point = _answer(self.highs)
        duals = self.back @ np.asarray(self.highs.getSolution().row_dual)[: len(self.groups.known)]
        return point, self.groups.known[np.abs(duals) > TINY]


def lift(groups: Groups, patterns: np.ndarray, goal: np.ndarray, place: int, own: int) -> np.ndarray:
    """A world in which as many of these patterns as possible reach their goal, by one linear programme.

    Each pattern counts as far as it gets (the sum over the patterns of the smaller of its highest count and its goal is made largest).
    Raises as `Programme.solve`."""
    size, more = groups.rows.shape[1], len(patterns)
    rows = sp.bmat([[groups.rows, None], [groups.touch[patterns], -sp.identity(more, dtype=np.int64)]]).tocsr()
    upper = np.append(np.full(size, groups.cap), goal)
    costs = np.append(np.zeros(size), -np.ones(more))
    highs = _solver(costs, upper, rows, np.append(groups.lower, np.zeros(more)), np.append(groups.upper, np.full(more, highspy.kHighsInf)))
    if place >= 0:
        highs.changeColBounds(place, float(own), groups.cap + own)
    return _answer(highs)[:size]


def _solver(costs: np.ndarray, upper: np.ndarray, rows: sp.csr_matrix, row_lower: np.ndarray, row_upper: np.ndarray) -> highspy.Highs:
    """Lowest costs over columns between 0 and `upper`, with `row_lower` <= rows @ columns <= `row_upper`."""
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = costs, np.zeros(len(costs)), upper
    model.row_lower_, model.row_upper_ = row_lower, row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows.indptr, rows.indices, rows.data.astype(float)
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.passModel(model)
    return highs


def _answer(highs: highspy.Highs) -> np.ndarray:
    status = highspy.HighsModelStatus.kNotset
    for strategy in (4, 4, 1):  # the primal method from the last basis sometimes ends in "Unknown": then afresh, then the dual one
        highs.setOptionValue("simplex_strategy", strategy)
        highs.setOptionValue("time_limit", highs.getRunTime() + TIME_LIMIT)  # its clock counts on from one question to the next
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return np.asarray(highs.getSolution().col_value)
        if status == highspy.HighsModelStatus.kInfeasible:
            raise TablesDoNotAddUp("no counts agree with what would be published")
        highs.clearSolver()
    raise NoAnswer(f"the solver stopped without an answer ({highs.modelStatusToString(status)})")
