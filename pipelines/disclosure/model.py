"""One model of all that is published about the same persons: cells over inner cells, and what may be wrong with it.

An inner cell is the finest crossing of all attributes; a cell is a set of inner cells, and its count their sum. Areas that do not
nest, several forms per person (inner cells are form sets), totals over time, an earlier release whose inner cells a revision
replaced: all are sets of inner cells. What everybody knows besides (a rate with the public number of inhabitants, a rounded
figure, two ways of dividing the same persons) is a fact: limits to a sum of inner cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
import scipy.sparse as sp


class DisclosureError(ValueError):
    """Why nothing can be published; names tables and cell addresses, never a count."""


class TablesDoNotAddUp(DisclosureError):
    """A total differs from its parts, or no table agrees with what is known."""


class NotACount(DisclosureError):
    """A count below nought or not whole."""


class TwoValues(DisclosureError):
    """One cell, two values."""


class NoAnswer(DisclosureError):
    """A solver stopped without an answer, so nothing is known to be safe."""


class Facts(NamedTuple):
    """Limits that are public: lower <= rows @ inner counts <= upper; `rows` (csr, facts x inner cells) holds whole numbers."""

    rows: sp.csr_matrix
    lower: np.ndarray
    upper: np.ndarray


class Cells:
    """Cells over inner cells: `inner` (csr, cells x inner cells, 0 or 1), an `addresses` frame with a row per cell, and public facts."""

    def __init__(self, inner: sp.csr_matrix, addresses: pl.DataFrame, facts: Facts | None = None) -> None:
        if inner.shape[0] != addresses.height:
            raise DisclosureError(f"{inner.shape[0]} cells and {addresses.height} addresses")
        if inner.nnz and set(np.unique(inner.data)) != {1}:
            raise DisclosureError("a cell holds an inner cell once or not at all")
        nothing = np.zeros(0)
        self.inner, self.addresses = inner, addresses
        self.facts = facts or Facts(sp.csr_matrix((0, inner.shape[1]), dtype=np.int64), nothing, nothing)

    def name(self, cell: int) -> str:
        """The address of a cell in words, for errors."""
        return ", ".join(f"{key} {value}" for key, value in self.addresses.row(cell, named=True).items() if value is not None) or "totaal"

    def check(self, counts: np.ndarray, inner_counts: np.ndarray | None = None) -> None:
        """Raises NotACount for a negative or fractional count, TwoValues when equal sets of inner cells have other counts, and
        TablesDoNotAddUp when a cell is not the sum of its inner cells (where these are given) or a fact does not hold for them."""
        wrong = np.flatnonzero(~np.isfinite(counts) | (counts < 0) | (counts % 1 != 0))
        if len(wrong):
            raise NotACount(f"{len(wrong)} cells are no counts, the first: {self.name(int(wrong[0]))}")
        first, which = group_equal_rows(self.inner)
        twins = first[which]  # the first cell with the same inner cells
        other = np.flatnonzero(counts != counts[twins])
        if len(other):
            raise TwoValues(f"{len(other)} cells have two values, the first: {self.name(int(other[0]))} and {self.name(int(twins[other[0]]))}")
        if inner_counts is not None and len(wrong := np.flatnonzero(self.inner @ inner_counts != counts)):
            raise TablesDoNotAddUp(f"{len(wrong)} cells are not the sum of their parts, the first: {self.name(int(wrong[0]))}")
        if inner_counts is not None:
            sums = self.facts.rows @ inner_counts
            if len(broken := np.flatnonzero((sums < self.facts.lower) | (sums > self.facts.upper))):
                raise TablesDoNotAddUp(f"{len(broken)} sums do not hold, the first over parts of: {self._holder(int(broken[0]))}")

    def _holder(self, fact: int) -> str:
        """The smallest cell that holds the first inner cell of a fact."""
        holders = self.inner[:, self.facts.rows[[fact]].indices[:1]].nonzero()[0]
        return self.name(int(holders[np.argmin(np.diff(self.inner.indptr)[holders])])) if len(holders) else "no published cell"


def group_equal_rows(matrix: sp.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """The first row of each group of equal rows, and for each row its group. Rows are told apart by a 64-bit hash."""
    numbers = np.random.default_rng(0).integers(1, 1 << 62, size=matrix.shape[1])
    _, first, which = np.unique(matrix.astype(np.int64) @ numbers, return_index=True, return_inverse=True)
    return first, which


def tabulate(units: pl.DataFrame, layouts: Sequence[Sequence[str]]) -> Cells:
    """All cells of some layouts over the rows of `units`, one row per inner cell.

    units: a column per attribute; a hierarchy is a column per level (gemeente, district); a list column holds several values (the forms
    of a person). layouts: the columns that each table crosses; an empty one is the grand total. A row without a value in a
    column is in no cell of the tables that cross it. Addresses have the columns that some table crosses, null where another has a total.
    """
    numbered = units.with_row_index("inner_cell")
    addresses, parts, cells, start = [], [], [], 0
    for layout in layouts:
        table = numbered.select("inner_cell", *layout)
        for column in layout:
            table = table.explode(column) if table.schema[column].base_type() == pl.List else table
        table = table.drop_nulls().unique(maintain_order=True)
        keys = table.select(layout).unique(maintain_order=True) if layout else pl.DataFrame({units.columns[0]: [None]})
        cell = (
            table.join(keys.with_row_index("cell"), on=list(layout), how="left", maintain_order="left")["cell"]
            if layout
            else pl.zeros(table.height, eager=True)
        )
        addresses.append(keys)
        parts.append(table["inner_cell"].to_numpy().astype(np.int64))
        cells.append(cell.to_numpy().astype(np.int64) + start)
        start += keys.height
    place = (np.concatenate(cells), np.concatenate(parts))
    inner = sp.csr_matrix((np.ones(len(place[0]), dtype=np.int64), place), shape=(start, units.height))
    return Cells(inner, pl.concat(addresses, how="diagonal_relaxed"))
