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
        small = _Small(rows[:, example[kept]].tocsr(), self.lower, self.upper, len(self.known))
        self.rows, self.lower, self.upper, self.back = small.rows, small.lower, small.upper, small.back
        self.base = np.zeros(len(group))
        self.base[example[kept]] = small.fixed  # of groups with one possible count, that count; nought elsewhere
        self.example = example[kept[small.free]]
        place = np.full(len(sizes), -1)
        place[kept[small.free]] = np.arange(len(self.example))
        self.group = place[group]
        self.members = _incidence(self.group, len(self.example))
        held = (cells.inner[asked].astype(np.int64) @ _incidence(group, len(sizes))).tocsr()
        full = sp.csr_matrix(((held.data == sizes[held.indices]).astype(np.int64), held.indices, held.indptr), shape=held.shape)
        held.data = np.ones_like(held.data)
        # the records of a group lie anywhere in it, also where their number is known
        left = need[asked] - (held - full)[:, kept] @ small.fixed
        why = (held[:, kept] @ small.reasons).tocsr()
        touch, full = held[:, kept[small.free]].tocsr(), full[:, kept[small.free]].tocsr()
        full.eliminate_zeros()
        mark = np.random.default_rng(3).integers(1, 1 << 62, size=(2, len(self.example)))
        alike = (touch @ mark[0] + full @ mark[1]) ^ (left.astype(np.int64) << 1)
        _, first, pattern = np.unique(alike, return_index=True, return_inverse=True)  # cells that ask the same question
        self.asked, self.need, self.touch, self.full = asked[first], left[first].astype(float), touch[first], full[first]
        self.touched, self.held, self.why = (np.split(each.indices, each.indptr[1:-1]) for each in (self.touch, self.full, why[first]))
        self.partly = (self.touch - self.full).tocsc()
        self.pattern = np.full(len(counts), -1)
        self.pattern[asked] = pattern
        # a group that nothing limits may hold more than all limits together and than any question asks
        limits = np.concatenate([self.lower[np.isfinite(self.lower)], self.upper[np.isfinite(self.upper)]])
        self.cap = float(np.abs(limits).sum() + len(self.example) * at_least + 2 * self.need.max(initial=0) + 1)

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
        spread = np.tile(self.base, (len(points), 1))
        spread[:, self.example] = points
        return spread


def _incidence(group: np.ndarray, groups: int) -> sp.csr_matrix:
    """Which member lies in which group (members x groups); -1 is none."""
    inside = np.flatnonzero(group >= 0)
    return sp.csr_matrix((np.ones(len(inside), dtype=np.int64), (inside, group[inside])), shape=(len(group), groups))


class _Small:
    """Rows over groups made smaller: totals without their published parts, and without groups of which the count follows.

    `rows`, `lower`, `upper`: what is left, over the groups in `free`; `fixed`: of each group the count that follows, nought of the free
    ones, and `reasons` (groups x known) the published cells that it follows from; `back` (rows x known): of which a row was made.
    """

    def __init__(self, rows: sp.csr_matrix, lower: np.ndarray, upper: np.ndarray, known: int) -> None:
        differences = _differences(rows[:known])
        self.rows = sp.vstack([differences @ rows[:known], rows[known:]]).tocsr()
        self.lower, self.upper = (np.append(differences @ each[:known], each[known:]) for each in (lower, upper))
        self.back = sp.vstack([differences, sp.csr_matrix((rows.shape[0] - known, known), dtype=np.int64)]).tocsr()
        self.fixed, self.free = np.zeros(rows.shape[1]), np.ones(rows.shape[1], dtype=bool)
        self.reasons = sp.csr_matrix((rows.shape[1], known), dtype=np.int64)
        while self._fix():
            pass
        empty = np.diff(self.rows.indptr) == 0
        if (self.lower[empty] > TINY).any() or (self.upper[empty] < -TINY).any():
            raise TablesDoNotAddUp("no counts agree with what would be published")
        left = np.flatnonzero(~empty)
        self.rows, self.back = self.rows[left][:, np.flatnonzero(self.free)].tocsr(), self.back[left]
        self.lower, self.upper = self.lower[left], self.upper[left]

    def _fix(self) -> bool:
        """Take the groups out that stand alone in an equation."""
        self.rows.eliminate_zeros()
        alone = np.flatnonzero((np.diff(self.rows.indptr) == 1) & (self.lower == self.upper))
        groups, first = np.unique(self.rows.indices[self.rows.indptr[alone]], return_index=True)
        if not len(alone):
            return False
        alone = alone[first]
        counts = self.lower[alone] / self.rows.data[self.rows.indptr[alone]]
        if (counts < -TINY).any():
            raise TablesDoNotAddUp("no counts agree with what would be published")
        self.fixed[groups], self.free[groups] = counts, False
        spots = sp.csr_matrix((np.ones(len(groups), dtype=np.int64), (groups, np.arange(len(groups)))), shape=(len(self.free), len(groups)))
        self.reasons = (self.reasons + spots @ abs(self.back[alone])).tocsr()
        times = self.rows[:, groups]
        self.lower, self.upper = self.lower - times @ counts, self.upper - times @ counts
        self.back = (abs(self.back) + abs(times) @ abs(self.back[alone])).tocsr()
        self.rows.data = self.rows.data * self.free[self.rows.indices]
        return True


def _differences(cells: sp.csr_matrix) -> sp.csr_matrix:
    """Which cells to subtract from which, so that a total has only what its published parts do not have.

    cells: cells x groups, 0 or 1. Says the same with less: on the test table with 600 a year 12,618 entries of 43,141, and
    programmes in two thirds of the time.
    """
    size = np.diff(cells.indptr)
    shared = (cells @ cells.T).tocoo()
    inside = (shared.data == size[shared.col]) & ((size[shared.col] < size[shared.row]) | ((size[shared.col] == size[shared.row]) & (shared.col < shared.row)))
    totals, parts = shared.row[inside], shared.col[inside]
    order = np.lexsort((parts, -size[parts], totals))
    totals, parts = totals[order], parts[order]
    members = np.split(cells.indices, cells.indptr[1:-1])
    left = np.zeros(cells.shape[1], dtype=bool)
    minus: list[tuple[int, int]] = []
    for total, own in zip(*_runs(totals, parts), strict=True):
        left[members[total]] = True
        many = int(size[total])
        for part in own:
            if left[members[part]].all():
                left[members[part]] = False
                minus.append((total, part))
                many -= int(size[part])
                if not many:
                    break
        left[members[total]] = False
    place = np.array(minus, dtype=np.int64).reshape(-1, 2).T
    less = sp.csr_matrix((np.ones(len(minus), dtype=np.int64), (place[0], place[1])), shape=(len(size), len(size)))
    return (sp.identity(len(size), dtype=np.int64, format="csr") - less).tocsr()


def _runs(names: np.ndarray, values: np.ndarray) -> tuple[list[int], list[list[int]]]:
    """Each of some sorted names once, with its values."""
    found, first = np.unique(names, return_index=True)
    return found.tolist(), [each.tolist() for each in np.split(values, first)[1:]]


class Programme:
    """One linear programme, asked many times with another objective."""

    def __init__(self, groups: Groups) -> None:
        self.groups, self.costs, self.held = groups, np.zeros(groups.rows.shape[1]), (-1, 0)
        self.highs = _solver(self.costs, np.full(len(self.costs), groups.cap), groups.rows, groups.lower, groups.upper)
        self.back = abs(groups.back).T.tocsr()
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
        duals = self.back @ np.abs(np.asarray(self.highs.getSolution().row_dual))
        return point, self.groups.known[duals > TINY]


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
