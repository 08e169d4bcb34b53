"""Cases dealt over the cells of a grid, for deliveries that the partner counts: margins that are exact where they must be."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import polars as pl

from pipelines.sample.allocation import allocate, noise
from pipelines.sample.areas import BASISTEAMS, ELSEWHERE, GEMEENTEN, UNKNOWN
from pipelines.sample.published import CALIBRATED_YEAR

Axis = Mapping[str, float]
BASISTEAM_PEOPLE: Axis = {team.code: team.people for team in BASISTEAMS}
GEMEENTE_PEOPLE: Axis = {gemeente.code: gemeente.people for gemeente in GEMEENTEN}


def quarters(year: int, season: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)) -> Axis:
    """The quarters of a year with the weight of the season."""
    return {f"{year}Q{number}": weight for number, weight in enumerate(season, start=1)}


def places(people: Axis, generator: np.random.Generator, *, unknown: float, elsewhere: float) -> Axis:
    """Areas by their people, a tenth more or less, and beside them the shares (0 to 1) of cases without an area."""
    weights = np.array(list(people.values())) * noise(generator, len(people), 0.1)
    known = (1 - unknown - elsewhere) * weights / weights.sum()
    return dict(zip(people, known.tolist(), strict=True)) | {UNKNOWN: unknown, ELSEWHERE: elsewhere}


def with_unknown(known: Axis, unknown: float) -> Axis:
    """Weights of which a share `unknown` (0 to 1) goes to `onbekend`; the others keep their proportions."""
    whole = sum(known.values())
    return {label: (1 - unknown) * weight / whole for label, weight in known.items()} | {UNKNOWN: unknown}


def grow(base: int, growth: float, year: int, generator: np.random.Generator) -> int:
    """The level of a year: `base` in the calibrated year, growing by a factor a year, three percent more or less."""
    return base if year == CALIBRATED_YEAR else max(1, round(base * growth ** (year - CALIBRATED_YEAR) * float(noise(generator, 1, 0.03)[0])))


def count_cases(total: int, axes: Mapping[str, Axis], generator: np.random.Generator, *, exact: Collection[str] = ()) -> pl.DataFrame:
    """Deals `total` cases over the axes: one row per cell that occurs, a column per axis and the Int64 `aantal`.

    Each case gets a label of every axis, independently. The margins of the axes named in `exact` are in proportion to
    their weights by largest remainder; the others are drawn.
    """
    labels = {}
    for name, axis in axes.items():
        weights = np.array(list(axis.values()))
        if name in exact:
            dealt = generator.permutation(np.repeat(np.arange(len(axis)), allocate(total, weights)))
        else:
            dealt = generator.choice(len(axis), total, p=weights / weights.sum())
        labels[name] = pl.Series(list(axis), dtype=pl.String).gather(dealt)
    return pl.DataFrame(labels).group_by(list(axes), maintain_order=True).agg(pl.len().cast(pl.Int64).alias("aantal"))


def stretch(cells: pl.DataFrame, axes: Mapping[str, Collection[str]], scale: float, generator: np.random.Generator) -> pl.DataFrame:
    """Makes a counted year `scale` (1 or more) times as large, sorted by the axes.

    First rows are added for cells that did not occur, with counts of 0, until the grid of `axes` is full; from there on
    every count (all columns that are no axis) grows.
    """
    names, counts = list(axes), pl.all().exclude(list(axes))
    wanted, full = round(scale * cells.height), int(np.prod([len(labels) for labels in axes.values()]))
    if wanted > cells.height:
        grid = pl.DataFrame({names[0]: list(axes[names[0]])})
        for name in names[1:]:
            grid = grid.join(pl.DataFrame({name: list(axes[name])}), how="cross")
        absent = grid.join(cells, on=names, how="anti", maintain_order="left")
        chosen = np.sort(generator.choice(absent.height, min(absent.height, wanted - cells.height), replace=False))
        cells = pl.concat([cells, absent[chosen]], how="diagonal").with_columns(counts.fill_null(0))
    if wanted > full:
        cells = cells.with_columns((counts * wanted / full).round().cast(pl.Int64))
    return cells.sort(names)
