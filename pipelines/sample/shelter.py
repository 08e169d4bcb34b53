"""Shelter for victims of mensenhandel: whom AVIM found and could place, and which beds there are.

The half year that AVIM studied (July to December 2022) is exact at any seed and scale: 442 victims found, shelter sought for
85, none for 50. The 112 labelled beds of the seed are a national estimate, no figure of the region, and play no part here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.sample.allocation import Whole, allocate, deal
from pipelines.sample.cases import MONTHS, case_numbers, draw
from pipelines.sample.grids import Axis
from pipelines.sample.published import PUBLISHED_FIGURES

STUDIED = (2022, 2)  # year and half
GROUPS: Axis = {"vrouwen": 0.5, "vrouwen met kinderen": 0.07, "mannen": 0.31, "minderjarigen": 0.08, "onbekend": 0.04}
FOUND_A_HALF_YEAR, SOUGHT_SHARE = 420, 0.2
PLACED_FIRST, PLACED_LAST = 0.38, 0.66  # share of those who sought, in 2021 and at most; it rises a little each year
ALONE, RAIDS = 0.55, 0.03  # how often a case has one or two victims, and how often it is a raid with five to twenty


@dataclass(frozen=True)
class Beds:
    """Labelled beds of one location for one group, from a day on."""

    location: str
    group: str
    beds: int
    opened: dt.date = dt.date(2000, 1, 1)


BEDS = (
    Beds("OPV-HGL-01", "vrouwen", 6),
    Beds("OPV-HGL-01", "vrouwen met kinderen", 3),
    Beds("OPV-HGL-02", "mannen", 4),
    Beds("OPV-HGL-03", "minderjarigen", 3),
    Beds("OPV-HM-01", "vrouwen", 4),
    Beds("OPV-HM-02", "mannen", 2),
    Beds("OPV-HGL-04", "mannen", 4, dt.date(2024, 3, 1)),
    Beds("OPV-HM-03", "vrouwen", 3, dt.date(2025, 2, 3)),
)
LEAVES, FILLS, EMERGENCY = 1 / 45, 0.13, 0.06  # chances a day: a taken bed comes free, a free bed is taken, a full house adds one


def avim_opvang(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of avim_opvang: a row per case, month and group. `scale` multiplies the victims outside the studied half year."""
    generator = np.random.default_rng([seed, year, 35])
    victims = pl.concat([_find_victims(year, half, scale, generator) for half in (1, 2)])
    number = victims.select(pl.struct("maand", "case").rank("dense")).to_series()
    return (
        victims.with_columns(case_numbers("AVIM", year, number).alias("zaak_id"))
        .group_by("zaak_id", "maand", "doelgroep")
        .agg(
            pl.len().cast(pl.Int64).alias("slachtoffers_gevonden"),
            pl.col("sought").sum().cast(pl.Int64).alias("opvang_gezocht"),
            pl.col("placed").sum().cast(pl.Int64).alias("geplaatst"),
            pl.col("nights").sum().alias("nachten_zonder_plek"),
        )
        .sort("zaak_id", "doelgroep")
    )


def opvang_bedden(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of opvang_bedden: a row per day, location and group. `scale` multiplies the locations."""
    generator = np.random.default_rng([seed, year, 36])
    places = [(place // len(BEDS), BEDS[place % len(BEDS)]) for place in range(round(scale * len(BEDS)))]
    days = pl.date_range(dt.date(year, 1, 1), dt.date(year, 12, 31), eager=True)
    beds = np.array([each.beds for _, each in places])
    taken = generator.binomial(beds, FILLS / (FILLS + LEAVES))
    occupied, extra = np.zeros((2, len(days), len(beds)), dtype=np.int64)
    for day in range(len(days)):
        taken = taken - generator.binomial(taken, LEAVES) + generator.binomial(beds - taken, FILLS)
        extra[day] = (taken == beds) & (generator.random(len(beds)) < EMERGENCY)
        occupied[day] = taken
    columns = {
        "locatie": [f"{each.location}-{copy}" if copy else each.location for copy, each in places] * len(days),
        "doelgroep": [each.group for _, each in places] * len(days),
        "datum": days.gather(np.repeat(np.arange(len(days)), len(beds))),
        "capaciteit": (beds + extra).ravel(),
        "bezet": (occupied + extra).ravel(),
        "opened": [each.opened for _, each in places] * len(days),
    }
    return pl.DataFrame(columns).filter(pl.col("datum") >= pl.col("opened")).drop("opened")


def _find_victims(year: int, half: int, scale: float, generator: np.random.Generator) -> pl.DataFrame:
    """The victims found in half a year, a row each: case, month, group, whether shelter was sought and had, nights without."""
    found, sought, unplaced = _totals(year, half, scale, generator)
    sizes = 1 + generator.geometric(ALONE, found) // 2 + (generator.random(found) < RAIDS) * generator.integers(4, 19, found)
    case = np.searchsorted(np.cumsum(sizes), np.arange(found), side="right")
    cases = int(case[-1]) + 1
    months = deal(allocate(cases, MONTHS[6 * half - 6 : 6 * half]), start=float(generator.random()))
    names = pl.Series([f"{year}-{number:02d}" for number in range(6 * half - 5, 6 * half + 1)])
    placed, unplaced_ones = np.split(generator.choice(found, sought, replace=False), [sought - unplaced])
    is_placed, is_unplaced = np.isin(np.arange(found), placed), np.isin(np.arange(found), unplaced_ones)
    nights: Whole = is_unplaced * generator.geometric(0.16, found) + is_placed * generator.poisson(0.7, found)
    own = generator.random(found) < 0.15  # most victims of a case are of one group
    group = draw(GROUPS, cases, generator).gather(case).zip_with(pl.Series(~own), draw(GROUPS, found, generator))
    columns = {"case": case, "maand": names.gather(months[case]), "doelgroep": group, "sought": is_placed | is_unplaced, "placed": is_placed, "nights": nights}
    return pl.DataFrame(columns)


def _totals(year: int, half: int, scale: float, generator: np.random.Generator) -> tuple[int, int, int]:
    """Victims found in half a year, those for whom shelter was sought, and those of them who got none."""
    if (year, half) == STUDIED:
        figures = (PUBLISHED_FIGURES[f"opvang {name}"].value for name in ("slachtoffers gevonden", "gezocht", "niet geplaatst"))
        return next(figures), next(figures), next(figures)
    found = int(generator.poisson(FOUND_A_HALF_YEAR * 1.03 ** (year - STUDIED[0]) * scale))
    sought = round(found * SOUGHT_SHARE)
    return found, sought, sought - round(sought * min(PLACED_LAST, PLACED_FIRST + 0.06 * (year - 2021)))
