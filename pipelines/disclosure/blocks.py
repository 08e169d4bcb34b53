"""From counts that add up to cells over inner cells, and those in blocks that have nothing to do with each other (a year, mostly)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from pipelines.disclosure.model import Cells, Facts


class Block(NamedTuple):
    """Cells that no fact binds to others: their places among all cells, those of their inner cells, and the cells themselves."""

    places: np.ndarray
    inner_places: np.ndarray
    cells: Cells


def resolve_sums(facts: Facts, addresses: pl.DataFrame) -> tuple[Cells, np.ndarray]:
    """Cells in which a sum is no count of its own but holds the inner cells of its parts, and which counts the inner cells are.

    facts: over counts; the first equation in which a count is the whole (factor 1, its parts -1) says of what it is made; what does not
    follow from these stays a fact. So a year is its quarters and a region its gemeenten:
    of the 6,720 facts of mh_meldpunt_meldingen in the sample 784 are left.
    """
    rows, size = facts.rows, facts.rows.shape[1]
    made: dict[int, np.ndarray] = {}
    for row in np.flatnonzero((facts.lower == 0) & (facts.upper == 0)):
        entries = slice(rows.indptr[row], rows.indptr[row + 1])
        columns, factors = rows.indices[entries], rows.data[entries]
        whole = columns[factors == 1]
        if len(whole) == 1 and int(whole[0]) not in made:
            made[int(whole[0])] = columns[factors == -1]
    wholes = np.fromiter(made, dtype=np.int64, count=len(made))
    parts = np.concatenate([np.zeros(0, dtype=np.int64), *made.values()])
    place = (np.repeat(wholes, [len(each) for each in made.values()]), parts)
    step = sp.csr_matrix((np.ones(len(parts), dtype=np.int64), place), shape=(size, size))
    reached = sp.identity(size, dtype=np.int64, format="csr")
    further = step
    while further.nnz:  # areas, periods and breakdowns have few levels
        reached = (reached + further).tocsr()
        further = (further @ step).tocsr()
    base = np.flatnonzero(~np.isin(np.arange(size), wholes))
    inner = reached[:, base].tocsr()
    left = (rows @ inner).tocsr()
    left.eliminate_zeros()
    used = np.flatnonzero(np.diff(left.indptr))
    return Cells(inner, addresses, Facts(left[used], facts.lower[used], facts.upper[used])), base


def split(cells: Cells) -> Iterator[Block]:
    """The blocks of `cells`, in order of their first cell: what is known in one says nothing about another."""
    rows = sp.vstack([cells.inner, abs(cells.facts.rows)]).tocsr()
    count, label = connected_components(sp.bmat([[None, rows], [rows.T, None]]).tocsr(), directed=False)
    ends = np.cumsum([cells.inner.shape[0], cells.facts.rows.shape[0], cells.inner.shape[1]])
    of_cell, of_fact, of_inner = (_by_label(each, count) for each in np.split(label, ends[:-1]))
    for places, facts, inner_places in zip(of_cell, of_fact, of_inner, strict=True):
        if len(places):
            own = Facts(cells.facts.rows[facts][:, inner_places].tocsr(), cells.facts.lower[facts], cells.facts.upper[facts])
            yield Block(places, inner_places, Cells(cells.inner[places][:, inner_places].tocsr(), cells.addresses[places], own))


def _by_label(labels: np.ndarray, count: int) -> list[np.ndarray]:
    return np.split(np.argsort(labels, kind="stable"), np.cumsum(np.bincount(labels, minlength=count))[:-1])
