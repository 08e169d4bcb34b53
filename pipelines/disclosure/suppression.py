"""Protect: withhold as little as can be, so that every withheld count keeps the room that policy asks.

Primary cells by policy; then single sums (`Balance`, the best of some random prices) and, where cells stand alone, linear independence
(`choose_published`); then repair, one published cell less for each narrow one, until linear programmes leave room everywhere; then what was
withheld in vain is given back.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from pipelines.disclosure.balance import Balance, Together, divide
from pipelines.disclosure.independence import choose_published
from pipelines.disclosure.model import Cells, DisclosureError
from pipelines.disclosure.room import NOBODY, Enemy, Narrow, Room

GIVEN = 5  # of what is given back together at least one in so many stays, or the next ones go one by one
ALONE = 100  # at most so many one by one


class CannotProtect(DisclosureError):
    """What is public already leaves a cell less room than policy asks."""


class Wish(NamedTuple):
    """What policy asks of each cell (arrays, one entry per cell).

    primary: withhold it; public: it is public already (an earlier release, a register with a source); need: the difference between
    the highest and lowest count that must stay possible once it is withheld; worth: what publishing it is worth, above 0; together: the
    figures that the cells are published in, None where each cell is one.
    """

    primary: np.ndarray
    public: np.ndarray
    need: np.ndarray
    worth: np.ndarray
    together: Together | None = None


def suppress(
    cells: Cells, counts: np.ndarray, wish: Wish, *, inner_counts: np.ndarray, seed: int, enemy: Enemy = NOBODY, restarts: int = 8, walk: int = 0
) -> np.ndarray:
    """Which cells may be published, boolean per cell; the public ones are among them.

    counts: whole numbers per cell; inner_counts: of the inner cells; enemy: whom to protect from; seed: secret, for one who knows the
    method could redo a fixed order; walk: how many other choices to try for cells that stand alone, which takes longer and withholds less.
    What this returns is no proof: that is the auditor's. Raises CannotProtect, TablesDoNotAddUp and NoAnswer. Method: Langsrud (2024) for
    independence; the dual solution of a linear programme as the set of cells of which one must go. The smallest choice is NP-hard (Kelly,
    Golden and Assad 1992), and not sought.
    """
    rng = np.random.default_rng(seed)
    together = wish.together or _each_alone(cells, wish)
    room = Room(cells, counts, wish.need, inner_counts, enemy, rng)
    starts = [Balance(together, counts, wish.need, wish.public, wish.worth, rng) for _ in range(restarts)]
    balance = max(starts, key=lambda each: wish.worth[each.published].sum())
    if not wish.together:
        balance.withhold(_dependent(cells, counts, wish, _coarse_first(cells, wish, np.flatnonzero(balance.published))))
        _walk(cells, counts, wish, balance, walk, rng)
    while narrow := room.find_narrow(balance.published):
        balance.withhold(_sacrifice(narrow, wish, room, rng))
    _give_back(cells, counts, balance, wish, room, rng)
    return balance.published


def suppress_by_sums(counts: np.ndarray, wish: Wish, *, seed: int) -> np.ndarray:
    """As `suppress`, as far as single sums tell: cheap, and mostly nearly what comes of it; of a wish of figures (`together`)."""
    if not wish.together:
        raise ValueError("figures are needed: single sums say too little of cells alone")
    rng = np.random.default_rng(seed)
    return Balance(wish.together, counts, wish.need, wish.public, wish.worth, rng).published


def _each_alone(cells: Cells, wish: Wish) -> Together:
    """Each cell that policy lets go out as a figure of its own, and the sums of the tables."""
    free = np.flatnonzero(~wish.primary & ~wish.public)
    rows = sp.csr_matrix((np.ones(len(free), dtype=np.int64), (np.arange(len(free)), free)), shape=(len(free), len(wish.primary)))
    return Together(rows, divide(cells))


def _coarse_first(cells: Cells, wish: Wish, candidates: np.ndarray) -> np.ndarray:
    """More depends on coarse cells."""
    return candidates[np.argsort(-np.log(wish.worth[candidates]) - np.log1p(np.diff(cells.inner.indptr)[candidates]), kind="stable")]


def _dependent(cells: Cells, counts: np.ndarray, wish: Wish, candidates: np.ndarray) -> list[int]:
    """Cells that must not be published beside the candidates before them, or a withheld count would be a linear function of them. A fact that
    is an equation is a row that is known, and an inner cell that a public nought empties is none."""
    exact = np.flatnonzero(cells.facts.lower == cells.facts.upper)
    empty = np.asarray(cells.inner[np.flatnonzero(wish.public & (counts == 0))].sum(axis=0)).ravel() > 0
    rows = sp.vstack([cells.inner, cells.facts.rows[exact]]).tocsr()[:, ~empty]
    guarded = np.append(wish.primary & ~wish.public & (wish.need > 0), np.zeros(len(exact), dtype=bool))
    known = np.append(np.flatnonzero(wish.public), len(counts) + np.arange(len(exact)))
    candidates = candidates[~wish.public[candidates]]
    chosen = choose_published(rows, guarded, np.concatenate([known, candidates]))
    return candidates[~chosen[candidates]].tolist()


def _walk(cells: Cells, counts: np.ndarray, wish: Wish, balance: Balance, steps: int, rng: np.random.Generator) -> None:
    """Put a few withheld cells first in the order of `_dependent`, the others in any, and keep what that gives where it is worth no less."""
    for _ in range(steps):
        held = rng.permutation(np.flatnonzero(~balance.published & ~wish.primary))
        first, last = np.split(held, [int(rng.integers(1, 6))])
        order = np.concatenate([first, rng.permutation(np.flatnonzero(balance.published & ~wish.public)), last])
        chosen = wish.public.copy()
        chosen[order] = True
        chosen[_dependent(cells, counts, wish, order)] = False
        if wish.worth[chosen].sum() >= wish.worth[balance.published].sum():
            balance.publish(chosen)


def _give_back(cells: Cells, counts: np.ndarray, balance: Balance, wish: Wish, room: Room, rng: np.random.Generator) -> None:
    """Publish again what is withheld in vain: one by one, dearest first, where that may be few; else all together, less what makes a cell
    narrow, as long as much of it stays (on the test table with 600 a year one took 2.7 s)."""
    while True:
        kept = balance.published
        left = np.flatnonzero(~kept & ~wish.primary)
        left = left[np.argsort(-wish.worth[left] * rng.uniform(0.999, 1.001, size=len(left)), kind="stable")]
        if not wish.together:
            left = left[~np.isin(left, _dependent(cells, counts, wish, np.append(np.flatnonzero(balance.published), left)))]
        given = {cell: figure for cell in left.tolist() if (figure := balance.give_back_with(cell)) is not None}
        if len(given) <= ALONE:
            break
        added, tried = list(given), len(given)
        while given and (narrow := room.find_narrow(balance.published, added)):
            added = []
            for cell in _sacrifice(narrow, wish._replace(public=kept), room, rng):
                balance.take_back(given.pop(cell))
        if len(given) * GIVEN < tried:
            return
    for figure in given.values():
        balance.take_back(figure)
    for cell in left.tolist():
        figure = balance.give_back_with(cell)
        if figure is not None and room.find_narrow(balance.published, [cell]):
            balance.take_back(figure)


def _sacrifice(narrow: list[Narrow], wish: Wish, room: Room, rng: np.random.Generator) -> list[int]:
    """Published cells of which each narrow cell's proof holds one: the one in most proofs per worth first (greedy cover)."""
    left = [set(each.proof[~wish.public[each.proof]].tolist()) for each in narrow]
    for each, proof in zip(narrow, left, strict=True):
        if not proof:
            raise CannotProtect(f"what is public already narrows {room.cells.name(each.cell)} down; withhold it at its source, or ask less room for it")
    chosen: list[int] = []
    while left:
        names, hits = np.unique(np.concatenate([np.fromiter(each, dtype=np.int64) for each in left]), return_counts=True)
        cell = int(names[np.argmax(hits / wish.worth[names] * rng.uniform(0.999, 1.001, size=len(names)))])
        chosen.append(cell)
        left = [each for each in left if cell not in each]
    return chosen
