"""The two counted deliveries of the police: online registrations and young suspects, a full year at a time.

A year is always made whole and the same, so that a file of September holds in October what it held in September.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from pipelines.sample.allocation import Real, Whole, allocate, deal, noise
from pipelines.sample.areas import BASISTEAMS, DISTRICTS, WITHOUT_AREA
from pipelines.sample.published import CALIBRATED_YEAR, PUBLISHED_FIGURES, trend

AREAS = (*(team.code for team in BASISTEAMS), *WITHOUT_AREA)
SHARE_WITHOUT_AREA = {"onbekend": 0.04, "elders": 0.035}
# Every cell of these tables gets at least this many a year: with ten of twelve months in, ten are still left, so that a
# table at the strictest threshold (10) is not withheld for one small cell. Nine members (seven districts, onbekend, elders).
FLOOR_AREA, FLOOR_PERIOD, FLOOR_SPLIT = 16, 11, 15
SMALLEST_TOTAL = 160  # nine areas and twelve months fit under it with their floors, and some room to differ
AGES_VICTIM = ("0-17", "18-24", "25-39", "40-59", "60+", "onbekend")
AGES_SUSPECT = ("12-17", "18-23")


@dataclass(frozen=True)
class Kind:
    """One kind of offence: what grows, who is struck, and how much damage a case does (median euro; share without any)."""

    growth: float
    ages: tuple[float, ...]
    reported_share: float
    damage: float = 0.0
    harmless: float = 0.0
    base: int = 0


ONLINE: Mapping[str, Kind] = {
    "aan- en verkoopfraude": Kind(1.01, (0.09, 0.21, 0.31, 0.2, 0.12, 0.07), 0.78, 180.0, 0.05),
    "bankhelpdeskfraude": Kind(1.09, (0.021, 0.03, 0.05, 0.091, 0.768, 0.04), 0.86, 4_200.0, 0.12),  # 0.768 of 0.96 known: 80%
    "hulpvraagfraude": Kind(0.97, (0.03, 0.05, 0.12, 0.35, 0.41, 0.04), 0.82, 1_900.0, 0.2),
    "overige fraude en oplichting": Kind(1.04, (0.04, 0.15, 0.28, 0.28, 0.2, 0.05), 0.7, 650.0, 0.15),
    "afpersing/smaad online": Kind(1.05, (0.24, 0.27, 0.22, 0.13, 0.08, 0.06), 0.55, 300.0, 0.7),
    "cybercrime persoon": Kind(1.05, (0.09, 0.18, 0.26, 0.24, 0.16, 0.07), 0.6, 500.0, 0.6),
}
YOUTH: Mapping[str, Kind] = {
    "drugs": Kind(1.02, (0.33, 0.67), 0.52, base=690),
    "uithalen": Kind(1.06, (0.38, 0.62), 0.74, base=230),
    "wapen": Kind(1.04, (0.52, 0.48), 0.63, base=360),
    "geweld": Kind(0.99, (0.55, 0.45), 0.66, base=960),
    "geldezel": Kind(1.05, (0.31, 0.69), 0.8, base=390),
}


def online_registraties(year: int, seed: int, scale: float = 1.0) -> pl.DataFrame:
    """One year of politie_online_registraties: the contract's columns, areas as codes, months as `2023-09`, damage in euro.

    In the calibrated year the totals per kind are the published ones at any scale. In other years `scale` multiplies the
    number of rows by adding combinations that did not occur, with a count of 0; when there are none left, the counts.
    """
    generator = np.random.default_rng([seed, year, 1])
    totals = [
        PUBLISHED_FIGURES[name].value if year == CALIBRATED_YEAR else _level(PUBLISHED_FIGURES[name].value, kind.growth, year, generator)
        for name, kind in ONLINE.items()
    ]
    season = 1 + 0.05 * np.cos(2 * np.pi * (np.arange(12) - 10.5) / 12)  # autumn and the holidays run high
    splits = [((kind.reported_share, 1 - kind.reported_share), kind.ages) for kind in ONLINE.values()]
    cells, shape = _count_cells(totals, season, splits, generator)
    damage = np.concatenate([_damage(kind, total, generator) for kind, total in zip(ONLINE.values(), totals, strict=True)])
    chosen, counts, factor = _rows(cells, shape, 1.0 if year == CALIBRATED_YEAR else scale, generator)
    sums = np.round(np.bincount(cells, weights=damage, minlength=int(np.prod(shape)))[chosen], 2)
    area, month, offence, soort, age = np.unravel_index(chosen, shape)
    return pl.DataFrame(
        {
            "basisteam": _named(AREAS, area),
            "maand": _named([f"{year}-{number:02d}" for number in range(1, 13)], month),
            "delictsoort": _named(tuple(ONLINE), offence),
            "soort": _named(("aangifte", "melding"), soort),
            "leeftijdsgroep_slachtoffer": _named(AGES_VICTIM, age),
            "aantal": counts,
            "schadebedrag": np.round(sums * factor, 2),
        }
    )


def jeugd_verdachten(year: int, seed: int, scale: float = 1.0) -> pl.DataFrame:
    """One year of politie_jeugd_verdachten: the contract's columns, areas as codes, quarters as `2023Q3`.

    No figure of it is published, so only the size is plausible. `scale` as in `online_registraties`.
    """
    generator = np.random.default_rng([seed, year, 2])
    totals = [_level(kind.base, kind.growth, year, generator) for kind in YOUTH.values()]
    splits = [(kind.ages, (kind.reported_share, 1 - kind.reported_share)) for kind in YOUTH.values()]
    cells, shape = _count_cells(totals, np.array([1.0, 1.02, 0.97, 1.01]), splits, generator)
    chosen, counts, _ = _rows(cells, shape, 1.0 if year == CALIBRATED_YEAR else scale, generator)
    area, quarter, offence, age, first = np.unravel_index(chosen, shape)
    return pl.DataFrame(
        {
            "basisteam_woonplaats": _named(AREAS, area),
            "kwartaal": _named([f"{year}Q{number}" for number in range(1, 5)], quarter),
            "leeftijd": _named(AGES_SUSPECT, age),
            "delict": _named(tuple(YOUTH), offence),
            "first_offender": first == 0,
            "aantal": counts,
        }
    )


def _level(base: int, growth: float, year: int, generator: np.random.Generator) -> int:
    level = base * trend(growth, year) * float(noise(generator, 1, 0.02)[0])
    return round(max(SMALLEST_TOTAL, 0.6 * base, min(level, 2.0 * base)))


def _count_cells(
    totals: Sequence[int], season: Real, splits: Sequence[tuple[Sequence[float], Sequence[float]]], generator: np.random.Generator
) -> tuple[Whole, tuple[int, int, int, int, int]]:
    """Per case the number of its cell in a grid of area × period × kind × first split × second split, and the grid's shape."""
    shape = (len(AREAS), len(season), len(totals), len(splits[0][0]), len(splits[0][1]))
    weights = np.array([team.people for team in BASISTEAMS]) ** 0.5 * noise(generator, len(BASISTEAMS), 0.06)
    labels = []
    for kind, (total, (first, second)) in enumerate(zip(totals, splits, strict=True)):
        area = np.repeat(np.arange(len(AREAS)), _count_areas(total, weights, generator))
        periods = allocate(total, season * noise(generator, len(season), 0.03), floor=FLOOR_PERIOD)
        period = deal(periods, start=float(generator.random()), jitter=generator.normal(0, 0.03, total))
        parts = [deal(allocate(total, shares, floor=FLOOR_SPLIT), start=float(generator.random()), step=step) for step, shares in ((1, first), (2, second))]
        labels.append(np.ravel_multi_index((area, period, np.full(total, kind), *parts), shape))
    return np.concatenate(labels), shape


def _count_areas(total: int, weights: Real, generator: np.random.Generator) -> Whole:
    """Cases per area of `AREAS`: first over districts with their floor, then within each district over its teams."""
    places = {district: [i for i, team in enumerate(BASISTEAMS) if team.district == district] for district in DISTRICTS}
    known = [float(weights[indices].sum()) for indices in places.values()]
    unknown = [SHARE_WITHOUT_AREA[name] * sum(known) / (1 - sum(SHARE_WITHOUT_AREA.values())) for name in WITHOUT_AREA]
    per_member = allocate(total, [*known, *unknown], floor=FLOOR_AREA)
    counts = np.zeros(len(AREAS), dtype=np.int64)
    for indices, count in zip(places.values(), per_member, strict=False):
        counts[indices] = allocate(int(count), weights[indices] * noise(generator, len(indices), 0.05))
    counts[len(BASISTEAMS) :] = per_member[len(places) :]
    return counts


def _rows(cells: Whole, shape: tuple[int, ...], scale: float, generator: np.random.Generator) -> tuple[Whole, Whole, float]:
    """The cells that become rows, their counts, and the factor by which counts grew because the grid was full."""
    counts = np.bincount(cells, minlength=int(np.prod(shape)))
    present, absent = np.flatnonzero(counts), np.flatnonzero(counts == 0)
    extra = min(len(absent), round((scale - 1) * len(present)))
    chosen = np.sort(np.concatenate([present, generator.choice(absent, extra, replace=False)]))
    factor = max(1.0, scale * len(present) / len(counts))
    return chosen, np.round(counts[chosen] * factor).astype(np.int64), factor


def _damage(kind: Kind, total: int, generator: np.random.Generator) -> Real:
    amounts = kind.damage * noise(generator, total, 1.0)
    amounts[generator.random(total) < kind.harmless] = 0.0
    return np.round(amounts, 2)


def _named(names: Sequence[str], indices: Whole) -> pl.Series:
    return pl.Series(names, dtype=pl.String).gather(indices)


MAKERS: Mapping[str, Callable[[int, int, float], pl.DataFrame]] = MappingProxyType(
    {"politie_online_registraties": online_registraties, "politie_jeugd_verdachten": jeugd_verdachten}
)
