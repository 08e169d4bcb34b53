"""Finds what subtraction of published tables gives away. Used by the protector only; the auditor has its own.

Tables are published or withheld whole, so the question whether a withheld cell is fixed by published ones falls apart. Every
count is the sum of its mean over a year, what its quarter and month differ from that, and what its categories differ from
theirs; each of these components is known at an area exactly where a published table that is fine enough in time and breakdown
shows the area. Per component remains one small linear system over the areas (some 75 unknowns), and a cell is fixed when its
area is fixed in all components of its table. tests/pipelines/disclosure compare this with plain elimination over all cells.
Where figures are missing here and there, more is taken as known than is: that errs on the safe side.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

from pipelines.disclosure.lattice import GRAINS, PARTIAL_LEVEL, PSEUDO_AREAS, Table

PRIME = 2_147_483_647
Area = tuple[str, str]
Component = tuple[frozenset[str], int]  # dimensions in which it varies; 0 varies by year, 1 by quarter, 2 by month


@dataclass(frozen=True)
class AreaRelations:
    """For each parent and level: the parent is the sum of `parts`."""

    sums: tuple[tuple[Area, tuple[Area, ...]], ...]
    twins: Mapping[Area, Area]  # an area that always has the count of another (GM0518 and ABC) → one name for both


@dataclass(frozen=True)
class Situation:
    """What one group of years with the same tables shows of one indicator."""

    shown: Mapping[Table, frozenset[str]]  # table → area codes with a figure
    constant_dimensions: frozenset[str]  # only one category
    constant_grains: frozenset[int]  # 1: some year has one quarter; 2: some quarter has one month


def area_relations(ways: pl.DataFrame, rows: Collection[Area]) -> AreaRelations:
    """Relations between all areas; `rows` are the areas that the indicator has rows for.

    `onbekend` and `elders` are parts of the region where the indicator has such rows, and at levels that it does not show.
    Below the region a record whose finer area is not known would be a rest; it is taken as none, which errs on the safe side.
    """
    parts: dict[tuple[Area, str], list[Area]] = {}
    for level, code, up_level, up_code in ways.sort(ways.columns).iter_rows():
        if level in (up_level, PARTIAL_LEVEL):
            continue
        if code in PSEUDO_AREAS and (level, code) not in rows and any(other == level for other, _ in rows):
            continue
        parts.setdefault(((up_level, up_code), level), []).append((level, code))
    twins: dict[Area, Area] = {}
    sums = tuple((parent, tuple(areas)) for (parent, _), areas in parts.items() if any(code not in PSEUDO_AREAS for _, code in areas))
    for parent, areas in sums:
        if len(areas) == 1:
            twins[areas[0]] = twins.get(parent, parent)
    return AreaRelations(sums, twins)


def fixed_tables(
    situation: Situation, withheld: Mapping[Table, frozenset[str]], relations: AreaRelations, several: frozenset[str]
) -> Iterator[tuple[Table, frozenset[Table]]]:
    """Withheld tables with a cell that published ones fix, each with the published tables that do it.

    `withheld` gives the areas of each withheld table. A cell that merely repeats a published one (Den Haag as gemeente and as
    ABC) is let be: it tells what may be told.
    """
    solved: dict[Component, frozenset[Area]] = {}
    by_itself = fixed_areas(relations.sums, frozenset())  # nought by the relations alone (one level has a rest, another none): not given away
    for table, codes in sorted(withheld.items()):
        components = [part for part in _components(table, several) if not (part[0] & situation.constant_dimensions or part[1] in situation.constant_grains)]
        for part in components:
            if part not in solved:
                known = {(fine.area_level, code) for fine, areas in situation.shown.items() if _carries(fine, part, several) for code in areas}
                solved[part] = fixed_areas(relations.sums, frozenset(known))
        own = {(table.area_level, code) for code in codes} - by_itself
        fixed = sorted(area for area in own if all(area in solved[part] for part in components))
        if any(not _is_repeated(table, area, situation, relations) for area in fixed):
            yield table, frozenset(fine for fine in situation.shown if any(_carries(fine, part, several) for part in components))


@functools.lru_cache(maxsize=4096)  # the same few areas are known in many tables of many indicators: of 970 questions about a release most repeat one
def fixed_areas(sums: tuple[tuple[Area, tuple[Area, ...]], ...], known: frozenset[Area]) -> frozenset[Area]:
    """Areas whose count follows from those of the known ones: exact Gauss-Jordan elimination modulo a prime."""
    unknown = sorted({area for parent, parts in sums for area in (parent, *parts)} - set(known))
    column = {area: k for k, area in enumerate(unknown)}
    matrix = np.zeros((len(sums), len(unknown)), dtype=np.int64)
    for k, (parent, parts) in enumerate(sums):
        for area, sign in ((parent, -1), *((part, 1) for part in parts)):
            if area in column:
                matrix[k, column[area]] += sign
    matrix %= PRIME
    rank = 0
    for k in range(len(unknown)):
        candidates = np.flatnonzero(matrix[rank:, k])
        if not len(candidates):
            continue
        matrix[[rank, rank + candidates[0]]] = matrix[[rank + candidates[0], rank]]
        matrix[rank] = matrix[rank] * pow(int(matrix[rank, k]), -1, PRIME) % PRIME
        others = np.flatnonzero(matrix[:, k])
        others = others[others != rank]
        matrix[others] = (matrix[others] - matrix[others, k][:, None] * matrix[rank]) % PRIME
        rank += 1
    single = matrix[(matrix != 0).sum(axis=1) == 1]
    return known | {unknown[int(np.flatnonzero(row)[0])] for row in single}


def _components(table: Table, several: frozenset[str]) -> Iterator[Component]:
    """The components of a table's cells. A several-valued dimension never adds up, so each of its categories stands alone."""
    always = frozenset(table.dimensions) & several
    optional = sorted(set(table.dimensions) - several)
    for size in range(len(optional) + 1):
        for chosen in combinations(optional, size):
            for grain in range(len(GRAINS) - GRAINS.index(table.period_grain)):
                yield always | set(chosen), grain


def _carries(table: Table, component: Component, several: frozenset[str]) -> bool:
    """True when a table's figures give this component for its areas."""
    dimensions, grain = component
    finest = len(GRAINS) - 1 - GRAINS.index(table.period_grain)
    return dimensions <= set(table.dimensions) and not (set(table.dimensions) - dimensions) & several and finest >= grain


def _is_repeated(table: Table, area: Area, situation: Situation, relations: AreaRelations) -> bool:
    """True when a published cell is about exactly the same persons."""

    def same_time(grain: str) -> bool:
        low, high = sorted((GRAINS.index(grain), GRAINS.index(table.period_grain)))
        return all(len(GRAINS) - 1 - k in situation.constant_grains for k in range(low, high))

    own = relations.twins.get(area, area)
    return any(
        set(other.dimensions) ^ set(table.dimensions) <= situation.constant_dimensions
        and same_time(other.period_grain)
        and any(relations.twins.get((other.area_level, code), (other.area_level, code)) == own for code in codes)
        for other, codes in situation.shown.items()
    )
