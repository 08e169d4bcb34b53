"""Shelter for victims: beds and how many are taken, for whom shelter was sought and who got none. Pure.

Numbers come from published cells alone, and a number of two from one cell that shows both: of a withheld cell nothing is said.
"""

from __future__ import annotations

import polars as pl

from app import figures, wording
from app.catalogue import Breakdown, Indicator
from app.explore import MOST_AREAS
from app.figures import Area, Cell
from app.release import Release
from app.tables import Series

BEDS, NOT_PLACED = "mh_bedden_bezetting", "mh_opvang_niet_geplaatst_aandeel"
GROUP, LAST_DAY = Breakdown("doelgroep", overlaps=False), Breakdown("peildag", overlaps=True)
STEPS = ("Opvang gezocht", "Geplaatst", "Niet geplaatst")


def indicators(release: Release) -> list[Indicator]:
    """The indicators of shelter that the release has figures of."""
    return [one for one in release.indicators if one.id in (BEDS, NOT_PLACED) and not release.values_of(one.id).is_empty()]


def grains(values: pl.DataFrame) -> list[str]:
    """The kinds of periods, from coarse to fine."""
    return list(figures.periods_by_grain(values))


def occupancy(values: pl.DataFrame, region: Area, grain: str) -> Series:
    """The share of beds taken over time: of all beds, and of the target groups with a figure, which stand in the place of areas."""
    found = [(Area("doelgroep", "", "Alle doelgroepen"), figures.series(values, region, grain))]
    for name in figures.categories(values, GROUP):
        group = Area("doelgroep", f"doelgroep={name}", wording.label(name))  # no area's code: the group onbekend is no unknown area
        found.append((group, figures.series(figures.only(values, GROUP, name), region, grain)))
    return [(group, cells) for group, cells in found if cells][:MOST_AREAS]


def bed_cells(values: pl.DataFrame, region: Area, grain: str) -> list[Cell]:
    """The stand on the last day of each period, oldest first."""
    return figures.series(figures.only(values, LAST_DAY, "laatste dag"), region, grain)


def beds(cell: Cell | None) -> dict[str, str]:
    """How many beds there are, taken and free."""
    return dict(zip(("Bedden", "Bezet", "Vrij"), _whole_part_rest(cell), strict=True))


def steps(cell: Cell | None) -> dict[str, str]:
    """For how many victims shelter was sought, who got a place and who did not."""
    sought, not_placed, placed = _whole_part_rest(cell)
    return dict(zip(STEPS, (sought, placed, not_placed), strict=True))


def cell_of(cells: list[Cell], period: str | None) -> Cell | None:
    """The cell of a period, if there is one."""
    return next((cell for cell in cells if cell.period == period), None)


def _whole_part_rest(cell: Cell | None) -> tuple[str, str, str]:
    """Denominator, numerator and their difference as texts; the sign of the state where the cell shows no numbers."""
    state = cell.state if cell else "onbekend"
    if cell is None or state not in figures.NUMERIC or cell.numerator is None or cell.denominator is None:
        sign = wording.SIGNS.get(state, ".") if state not in figures.NUMERIC else "."
        return sign, sign, sign
    numbers = (cell.denominator, cell.numerator, cell.denominator - cell.numerator)
    whole, part, rest = (wording.format_number(number) + wording.SIGNS.get(state, "").strip("-") for number in numbers)
    return whole, part, rest
