"""Protect: withhold as little as can be, so that every withheld count keeps the room that policy asks.

Primary cells by policy; then linear independence (`choose_published`, the best of some random orders); then repair, one published
cell less for each narrow one, until linear programmes leave room everywhere; then what was withheld in vain is given back.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from pipelines.disclosure.balance import Balance
from pipelines.disclosure.independence import choose_published
from pipelines.disclosure.model import Cells, DisclosureError
from pipelines.disclosure.room import NOBODY, Enemy, Narrow, Room


class CannotProtect(DisclosureError):
    """What is public already leaves a cell less room than policy asks."""


class Together(NamedTuple):
    """Figures that go out whole or not at all, for a share shows three counts: rows (csr, figures x cells, those that policy lets go out; a
    cell is published with any of its figures) and the sums of which they are parts (csr, equations x cells: see `Balance`)."""

    rows: sp.csr_matrix
    sums: sp.csr_matrix


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


def suppress(cells: Cells, counts: np.ndarray, wish: Wish, *, inner_counts: np.ndarray, seed: int, enemy: Enemy = NOBODY, restarts: int = 8) -> np.ndarray:
    """Which cells may be published, boolean per cell; the public ones are among them.

    counts: whole numbers per cell; inner_counts: of the inner cells; enemy: whom to protect from; seed: secret, for one who knows the
    method could redo a fixed order. What this returns is no proof: that is the auditor's. Raises CannotProtect, TablesDoNotAddUp and
    NoAnswer. Method: Langsrud (2024) for independence; the dual solution of a linear programme as the set of cells of which one must
    go. The smallest choice is NP-hard (Kelly, Golden and Assad 1992), and not sought.
    """
    rng = np.random.default_rng(seed)
    if wish.together:
        return _suppress_figures(counts, wish, wish.together, Room(cells, counts, wish.need, inner_counts, enemy, rng), rng)
    span = _independence(cells, counts, wish)
    best = wish.public
    for _ in range(restarts):
        published = _choose(span, wish, _order(cells, wish, rng))
        if wish.worth[published].sum() > wish.worth[best].sum() or best is wish.public:
            best = published
    room = Room(cells, counts, wish.need, inner_counts, enemy, rng)
    return _give_back(_repair(best, wish, room, rng), span, wish, room, rng)


def suppress_by_sums(counts: np.ndarray, wish: Wish, *, seed: int) -> np.ndarray:
    """As `suppress`, as far as single sums tell: cheap, and mostly nearly what comes of it; of a wish of figures (`together`)."""
    if not wish.together:
        raise ValueError("figures are needed: single sums say too little of cells alone")
    rng = np.random.default_rng(seed)
    return Balance(wish.together.sums, counts, wish.need, wish.together.rows, wish.worth, rng).published | wish.public


def _suppress_figures(counts: np.ndarray, wish: Wish, together: Together, room: Room, rng: np.random.Generator) -> np.ndarray:
    """As `suppress`, with the balance of single sums in the place of independence, which takes dense matrices."""
    balance = Balance(together.sums, counts, wish.need, together.rows, wish.worth, rng)
    tried = np.flatnonzero(~balance.published & ~wish.primary)
    while narrow := room.find_narrow(balance.published | wish.public):
        gone = _sacrifice(narrow, wish, room, rng)
        balance.withhold(gone)
        tried = np.union1d(tried, gone)
    for cell in tried[np.argsort(-wish.worth[tried] * rng.uniform(0.999, 1.001, size=len(tried)), kind="stable")]:
        figure = balance.figure_of(int(cell))
        if figure is not None and (not balance.give_back(figure) or room.find_narrow(balance.published | wish.public, int(cell))):
            balance.take_back(figure)
    return balance.published | wish.public


class _Span(NamedTuple):
    """Rows of cells and of facts that are equations, without the inner cells that a public nought empties; which rows to guard;
    which are known in any case."""

    rows: sp.csr_matrix
    guarded: np.ndarray
    fixed: np.ndarray


def _independence(cells: Cells, counts: np.ndarray, wish: Wish) -> _Span:
    exact = np.flatnonzero(cells.facts.lower == cells.facts.upper)
    empty = np.asarray(cells.inner[np.flatnonzero(wish.public & (counts == 0))].sum(axis=0)).ravel() > 0
    rows = sp.vstack([cells.inner, cells.facts.rows[exact]]).tocsr()[:, ~empty]
    guarded = np.append(wish.primary & ~wish.public & (wish.need > 0), np.zeros(len(exact), dtype=bool))
    return _Span(rows, guarded, np.append(np.flatnonzero(wish.public), len(counts) + np.arange(len(exact))))


def _choose(span: _Span, wish: Wish, order: np.ndarray) -> np.ndarray:
    """The cells of `order`, the most wanted first, that can be published beside the public ones."""
    return choose_published(span.rows, span.guarded, np.append(span.fixed, order))[: len(wish.public)] | wish.public


def _order(cells: Cells, wish: Wish, rng: np.random.Generator) -> np.ndarray:
    """Coarse cells first, for more depends on them; among equals by chance."""
    candidates = np.flatnonzero(~wish.primary & ~wish.public)
    size = np.diff(cells.inner.indptr)[candidates]
    noise = rng.normal(scale=0.3, size=len(candidates))
    return candidates[np.argsort(-(np.log(wish.worth[candidates]) + np.log1p(size) + noise), kind="stable")]


def _repair(published: np.ndarray, wish: Wish, room: Room, rng: np.random.Generator) -> np.ndarray:
    published = published.copy()
    while narrow := room.find_narrow(published):
        published[_sacrifice(narrow, wish, room, rng)] = False
    return published


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


def _give_back(published: np.ndarray, span: _Span, wish: Wish, room: Room, rng: np.random.Generator) -> np.ndarray:
    """Try what is withheld and not primary again, one by one, dearest first: only what does not fail by independence alone."""
    left = np.flatnonzero(~published & ~wish.primary)
    left = left[np.argsort(-wish.worth[left] * rng.uniform(0.999, 1.001, size=len(left)), kind="stable")]
    while len(left):
        possible = _choose(span, wish, np.append(np.flatnonzero(published & ~wish.public), left)) & ~published
        for cell in left[possible[left]]:
            published[cell] = True
            if room.find_narrow(published, int(cell)):
                published[cell] = False
        left = left[~possible[left]] if possible.any() else left[:0]
    return published
