"""Small random releases for the property tests of disclosure control: many shapes, with facts and earlier releases at times."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from typing import NamedTuple

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.model import Cells, Facts, tabulate
from pipelines.disclosure.suppression import CannotProtect, Wish, suppress

MOST_INNER, MOST_CELLS = 150, 200
RESERVE = 40  # kept free for the cells and inner cells of another division of the same persons


class Instance(NamedTuple):
    """A release, or some about the same persons (column `uitgave` of the addresses).

    counts, public (published before now) and need: per cell; inner_counts: per inner cell; zeros_alike: a nought is withheld as
    any small count is. Of earlier releases only the public cells are here, and those too small to publish.
    """

    cells: Cells
    counts: np.ndarray
    inner_counts: np.ndarray
    public: np.ndarray
    threshold: int
    need: np.ndarray
    zeros_alike: bool


class _Part(NamedTuple):
    """Cells over some of all inner cells: `columns` says which; `kept`: the cells that are wanted, `public`: those that are public."""

    cells: Cells
    columns: np.ndarray
    kept: np.ndarray
    public: np.ndarray
    release: int


class _Policy(NamedTuple):
    threshold: int
    need: int
    zeros_alike: bool

    def primary(self, counts: np.ndarray) -> np.ndarray:
        return (counts < self.threshold) & (self.zeros_alike | (counts > 0))


def wish(instance: Instance) -> Wish:
    """What policy asks of an instance: no count below the threshold; noughts are public unless they are withheld alike."""
    policy = _Policy(instance.threshold, 0, instance.zeros_alike)
    public = instance.public | (not instance.zeros_alike) & (instance.counts == 0)
    return Wish(policy.primary(instance.counts) & ~public, public, instance.need, np.ones(len(instance.counts)))


def random_instance(rng: np.random.Generator) -> Instance:
    """An instance of at most MOST_INNER inner cells and MOST_CELLS cells; each kind of feature occurs in some of them.

    What is public before now was chosen release by release, as large counts or by the protector; all together, it need not be safe.
    """
    threshold = int(rng.integers(3, 11))
    policy = _Policy(threshold, int(rng.integers(1, threshold + 1)), bool(rng.integers(2)))
    releases = int(rng.integers(2, 9)) if rng.random() < 0.3 else 1
    units = _units(rng, 40 if releases > 1 else 110, timed=releases > 1)
    now = tabulate(units, _layouts(rng, units, 60 if releases > 1 else 150))
    inner_counts = _draw(rng, units.height)
    parts = [_part(now, np.arange(units.height), releases)]
    for release in range(1, releases):
        part, inner_counts = _earlier(rng, now, units, inner_counts, policy, release)
        if len(inner_counts) <= MOST_INNER - RESERVE and sum(each.kept.sum() for each in [*parts, part]) <= MOST_CELLS - RESERVE:
            parts.append(part)
        else:
            inner_counts = inner_counts[: 1 + max(each.columns.max() for each in parts)]
            break
    ties: list[tuple[np.ndarray, np.ndarray]] = []
    if rng.random() < 0.25:
        division, ties, inner_counts = _other_division(rng, units, inner_counts, releases)
        parts.append(division)
    cells, public = _join(parts, len(inner_counts), empty=bool(rng.random() < 0.2))
    counts = cells.inner @ inner_counts
    need = np.full(len(counts), policy.need)
    if releases == 1 and rng.random() < 0.3:
        need = rng.integers(1, threshold + 1, size=len(counts))
    need[np.diff(cells.inner.indptr) == 0] = 0
    facts = [(_row(len(inner_counts), plus, minus), 0.0, 0.0) for plus, minus in ties]
    for cell in _rated(rng, counts, policy):
        lower, upper = _rate_limits(rng, int(counts[cell]))
        public[cell] |= upper - lower < need[cell]  # what a rate gives away is as good as published
        facts.append((cells.inner[cell].toarray().ravel(), lower, upper))
    held = np.asarray(cells.inner.sum(axis=0)).ravel() > 0  # an old inner cell of which nothing was published is no concern
    rows = sp.csr_matrix(np.array([row for row, _, _ in facts], dtype=np.int64).reshape(len(facts), len(held))[:, held])
    known = Facts(rows, *(np.array([fact[side] for fact in facts]) for side in (1, 2)))
    return Instance(Cells(cells.inner[:, held], cells.addresses, known), counts, inner_counts[held], public, threshold, need, policy.zeros_alike)


def _units(rng: np.random.Generator, most: int, *, timed: bool) -> pl.DataFrame:
    """A row per inner cell: pieces of areas crossed with one to three dimensions, as many as fit in `most` rows."""
    areas = int(rng.integers(1, 13))
    split = rng.integers(1, 3, size=areas) if rng.random() < 0.4 else np.ones(areas, dtype=np.int64)
    pieces = pl.DataFrame({"gemeente": [f"G{area:02}" for area in np.repeat(np.arange(areas), split)]})
    district = rng.integers(0, max(1, areas // 3), size=areas)
    pieces = pieces.with_columns(district=pl.Series([f"D{district[int(name[1:])]}" for name in pieces["gemeente"]]))
    if split.max() > 1:  # teams divide the pieces in a way of their own, so that they do not nest with gemeenten
        teams = rng.integers(0, 3, size=pieces.height)
        pieces = pieces.with_columns(team=pl.Series([f"T{team}" for team in teams])).unique(maintain_order=True)
    quarters = [f"{2024 + place // 4}-{place % 4 + 1}" for place in range(int(rng.integers(2, 7)))]
    forms = [f"V{form}" for form in range(int(rng.integers(2, 4)))]
    sets = [list(each) for size in range(1, len(forms) + 1) for each in combinations(forms, size)]
    dimensions = {
        "tijd": pl.DataFrame({"kwartaal": quarters, "jaar": [quarter[:4] for quarter in quarters]}),
        "geslacht": pl.DataFrame({"geslacht": ["man", "vrouw", "onbekend"][: int(rng.integers(2, 4))]}),
        "leeftijd": pl.DataFrame({"leeftijd": ["0-11", "12-17", "18-24", "25+"][: int(rng.integers(2, 5))]}),
        "vormen": pl.DataFrame({"vormen": sets}),
    }
    wanted = list(rng.permutation(list(dimensions))[: int(rng.integers(1, 4))])
    wanted = ["tijd", *(name for name in wanted if name != "tijd")][:3] if timed else wanted
    units = pieces.head(max(1, most // dimensions[wanted[0]].height))
    for place, name in enumerate(wanted):
        if place == 0 or units.height * dimensions[name].height <= most:
            units = units.join(dimensions[name], how="cross")
    return units


def _layouts(rng: np.random.Generator, units: pl.DataFrame, most: int) -> list[list[str]]:
    """Some crossings of one area level or none with some of the dimensions, of together at most `most` cells."""
    levels = [[], *([name] for name in ("gemeente", "district", "team") if name in units.columns)]
    crossings: list[list[str]] = [[]]
    for choices in (["jaar", "kwartaal"], ["geslacht"], ["leeftijd"], ["vormen"]):
        crossings += [[*crossing, name] for crossing in crossings for name in choices if name in units.columns]
    possible = [[*level, *crossing] for level in levels for crossing in crossings]
    sizes = {name: units[name].explode().n_unique() if units.schema[name] == pl.List(pl.String) else units[name].n_unique() for name in units.columns}
    chosen: list[list[str]] = []
    left = most
    for place in rng.permutation(len(possible))[: int(rng.integers(3, 12))]:
        size = int(np.prod([sizes[name] for name in possible[place]]))
        if size <= left:
            chosen, left = [*chosen, possible[place]], left - size
    return chosen or [[]]


def _draw(rng: np.random.Generator, size: int) -> np.ndarray:
    """Counts from nearly all nought to dense and skewed."""
    mean = rng.choice([0.05, 0.3, 1.0, 4.0, 15.0])
    return rng.poisson(mean * rng.gamma(0.7, 1 / 0.7, size=size))


def _part(cells: Cells, columns: np.ndarray, release: int) -> _Part:
    everything = np.ones(cells.addresses.height, dtype=bool)
    return _Part(cells, columns, everything, ~everything, release)


def _earlier(rng: np.random.Generator, now: Cells, units: pl.DataFrame, inner_counts: np.ndarray, policy: _Policy, release: int) -> tuple[_Part, np.ndarray]:
    """A release before a revision of the last one or two quarters: those have inner cells of their own, at the end; all inner counts."""
    quarters = units["kwartaal"].unique().sort().to_list()
    revised = units["kwartaal"].is_in(quarters[-int(rng.integers(1, 3)) :]).to_numpy()
    columns = np.arange(units.height)
    columns[revised] = len(inner_counts) + np.arange(revised.sum())
    own = inner_counts[: units.height][revised] + rng.integers(-2, 3, size=revised.sum()) * (rng.random(revised.sum()) < 0.3)
    inner_counts = np.append(inner_counts, np.maximum(own, 0))
    counts = now.inner @ inner_counts[columns]
    public = _published_then(rng, now, counts, inner_counts[columns], policy)
    return _Part(now, columns, public | policy.primary(counts), public, release), inner_counts


def _published_then(rng: np.random.Generator, cells: Cells, counts: np.ndarray, inner_counts: np.ndarray, policy: _Policy) -> np.ndarray:
    """What an earlier release published: as the protector chose for it alone, or the coarsest table without small counts."""
    primary = policy.primary(counts)
    none = np.zeros(len(counts), dtype=bool)
    noughts = none if policy.zeros_alike else counts == 0
    need = np.full(len(counts), policy.need)
    if rng.random() < 0.6:
        try:
            asked = Wish(primary, noughts, need, np.ones(len(counts)))
            return suppress(cells, counts, asked, seed=int(rng.integers(1 << 31)), inner_counts=inner_counts, restarts=1)
        except CannotProtect:
            pass
    tables = cells.addresses.select(pl.concat_str([pl.col(name).is_null().cast(pl.String) for name in cells.addresses.columns]))
    table = tables.to_series().rank("dense").to_numpy()
    large = [table == each for each in np.unique(table) if (counts[table == each] >= policy.threshold).all()]
    return min(large, key=np.count_nonzero, default=none) | noughts


def _other_division(
    rng: np.random.Generator, units: pl.DataFrame, inner_counts: np.ndarray, release: int
) -> tuple[_Part, list[tuple[np.ndarray, np.ndarray]], np.ndarray]:
    """The same persons by another attribute, over inner cells of their own; per gemeente, the inner cells of either way; all inner counts."""
    names = units["gemeente"].unique(maintain_order=True)
    kinds = pl.DataFrame({"herkomst": ["school", "melding", "overig"][: int(rng.integers(2, 4))]})
    other = names.to_frame().join(kinds, how="cross")
    columns = len(inner_counts) + np.arange(other.height)
    ties = []
    for name in names:
        here, there = (np.flatnonzero((frame["gemeente"] == name).to_numpy()) for frame in (units, other))
        share = rng.dirichlet(np.ones(kinds.height))
        inner_counts = np.append(inner_counts, rng.multinomial(int(inner_counts[here].sum()), share))
        ties.append((here, columns[there]))
    return _part(tabulate(other, [["herkomst"], ["gemeente", "herkomst"]]), columns, release), ties, inner_counts


def _join(parts: list[_Part], width: int, *, empty: bool) -> tuple[Cells, np.ndarray]:
    """The kept cells of all parts over all inner cells, at times with a cell that holds none; and which are public."""
    rows, frames = [], []
    for part in parts:
        inner = part.cells.inner
        rows.append(sp.csr_matrix((inner.data, part.columns[inner.indices], inner.indptr), shape=(inner.shape[0], width))[np.flatnonzero(part.kept)])
        frames.append(part.cells.addresses.filter(pl.Series(part.kept)).with_columns(uitgave=pl.lit(part.release)))
    public = np.concatenate([part.public[part.kept] for part in parts])
    if empty:
        rows.append(sp.csr_matrix((1, width), dtype=np.int64))
        frames.append(pl.DataFrame({"gemeente": ["leeg"], "uitgave": [parts[0].release]}, schema_overrides={"uitgave": pl.Int32}))
        public = np.append(public, False)
    return Cells(sp.vstack(rows).tocsr(), pl.concat(frames, how="diagonal_relaxed")), public


def _row(width: int, plus: np.ndarray, minus: np.ndarray) -> np.ndarray:
    row = np.zeros(width, dtype=np.int64)
    row[plus], row[minus] = 1, -1
    return row


def _rated(rng: np.random.Generator, counts: np.ndarray, policy: _Policy) -> np.ndarray:
    """The cells of which a rate is public, at times one or two, all large enough to be published."""
    possible = np.flatnonzero(counts >= policy.threshold)
    return rng.permutation(possible)[: int(rng.integers(1, 3))] if rng.random() < 0.25 else possible[:0]


def _rate_limits(rng: np.random.Generator, count: int) -> tuple[float, float]:
    """The lowest and highest count that give the same rate: count / inhabitants x per, rounded to some decimals."""
    factor = Fraction(int(rng.choice([1_000, 10_000, 100_000])), int(rng.integers(1_000, 200_000)))
    half = Fraction(1, 2 * 10 ** int(rng.integers(0, 2)))
    rate = floor(count * factor / (2 * half) + Fraction(1, 2)) * 2 * half  # half goes up
    return float(max(0, ceil((rate - half) / factor))), float(ceil((rate + half) / factor) - 1)
