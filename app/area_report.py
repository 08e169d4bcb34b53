"""What a release knows of one area, beside its district and the region. Pure: a release in, rows and texts out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from app import figures, outline, wording
from app.catalogue import Indicator
from app.figures import NO_AREA, Area, Cell
from app.release import Release

LEVELS = ("gemeente", "district")
RESILIENCE = ("x_weerbaarheid_gemeente", "onderdeel")
THEMES_OF_OTHERS = ("context", "ketenbreed")


class Row(NamedTuple):
    """One indicator: its newest period for the area, and the figure of each of the areas beside each other (None: the release has none)."""

    indicator: Indicator
    period: str
    cells: list[Cell | None]

    @property
    def texts(self) -> list[str]:
        """The figures as readers see them; one that does not exist for an area is a dash between brackets."""
        return ["(geen)" if cell is None else cell.text(self.indicator) for cell in self.cells]


class Meeting(NamedTuple):
    """Something in the agenda that the area may take part in."""

    day: dt.date
    what: str
    kind: str
    where: str
    for_whom: str


def choosable(release: Release) -> dict[str, Area]:
    """The areas that have a page of their own: gemeenten by name, then districts by letter."""
    areas = [area for area in figures.areas_of(release.names) if area.level in LEVELS]
    return {area.code: area for area in sorted(areas, key=lambda area: LEVELS.index(area.level))}


def by_district(release: Release) -> list[tuple[Area | None, list[Area]]]:
    """The gemeenten under their district; those in more than one (Den Haag) come first."""
    found = choosable(release)
    of_area = dict(release.areas.filter(pl.col("area_level") == "gemeente").select("area_code", "district_code").iter_rows())
    groups: list[tuple[Area | None, list[Area]]] = []
    for district in (None, *(area for area in found.values() if area.level == "district")):
        code = district.code if district else None
        inside = [area for area in found.values() if area.level == "gemeente" and of_area.get(area.code) == code]
        if inside or district:
            groups.append((district, inside))
    return groups


def surroundings(release: Release, area: Area) -> list[Area]:
    """Wider areas to set beside this one: of a gemeente its district, or all of Den Haag, and of any the region."""
    region = [Area(level, code, name) for (level, code), name in release.names.items() if level == "regio" and code not in NO_AREA]
    return [*(_wider(release, area, "district") or _wider(release, area, "abc")), *region[:1]]


def where_it_lies(release: Release, area: Area) -> str:
    """`Delft ligt in district E (Westland - Delft) en de zorgregio Haaglanden.`"""
    wider = [*(_wider(release, area, "district") or _wider(release, area, "abc")), *_wider(release, area, "zorgregio")]
    name = area.label if area.level == "district" else area.name
    return f"{name} ligt in {wording.join_words([one.in_sentence for one in wider])}." if wider else ""


def _wider(release: Release, area: Area, level: str) -> list[Area]:
    """The area of a level in which this one lies, as a list of one or none."""
    of_area = release.areas.filter((pl.col("area_level") == area.level) & (pl.col("area_code") == area.code))
    codes = [] if level == area.level else of_area[f"{level}_code"].drop_nulls().to_list()
    return [Area(level, code, release.names[level, code]) for code in codes if (level, code) in release.names]


def short_label(area: Area) -> str:
    """The name of an area above a column: `District E`, `Hele regio`, `Delft`."""
    return {"regio": "Hele regio", "district": f"District {area.code}", "abc": "Heel Den Haag"}.get(area.level, area.name)


def rows_of(release: Release, indicators: Sequence[Indicator], areas: Sequence[Area]) -> list[Row]:
    """The indicators that the first of the areas has figures of, each for its newest period that is over."""
    found = []
    for indicator in indicators:
        values = release.values_of(indicator.id)
        period = newest_period(release, values, areas[0])
        if period is not None and figures.main_breakdown(indicator, values) is None:
            found.append(Row(indicator, period, [figures.find(values, area, period) for area in areas]))
    return found


def newest_period(release: Release, values: pl.DataFrame, area: Area) -> str | None:
    """The newest period that is over, of the coarsest kind, that an area has a cell of."""
    mine = figures.totals(values).filter((pl.col("area_level") == area.level) & (pl.col("area_code") == area.code))
    grains = figures.periods_by_grain(mine)
    return figures.default_period(mine, next(iter(grains)), outline.created_on(release)) if grains else None


def not_known(indicators: Sequence[Indicator], rows: Sequence[Row]) -> list[str]:
    """The names of indicators that exist only for wider areas."""
    here = {row.indicator.id for row in rows}
    return [indicator.name for indicator in indicators if indicator.id not in here]


def resilience(release: Release, areas: Sequence[Area]) -> tuple[str, list[dict[str, str]]]:
    """Of each part of resilience whether it is in order in the area, and beside it in how many gemeenten of the wider areas; with its year."""
    name, dimension = RESILIENCE
    indicator = next((one for one in release.indicators if one.id == name), None)
    by = next((one for one in indicator.breakdowns if one.dimension == dimension), None) if indicator else None
    period = newest_period(release, release.values_of(name), areas[0])
    if by is None or period is None:
        return "", []
    columns = [{cell.category: cell for cell in figures.breakdown(release.values_of(name), by, area, period)} for area in areas]
    parts = sorted(columns[0], key=str.lower)
    return period, [
        {"Onderdeel": wording.label(part), **{short_label(area): _in_order(cells.get(part)) for area, cells in zip(areas, columns, strict=True)}}
        for part in parts
    ]


def _in_order(cell: Cell | None) -> str:
    """`op orde` for one gemeente; `18 van 27 gemeenten` for more."""
    if cell is None or cell.state not in figures.NUMERIC or not cell.denominator:
        return "onbekend"
    if cell.denominator == 1:
        return "op orde" if cell.numerator else "niet op orde"
    return f"{wording.format_number(cell.numerator or 0)} van {wording.format_number(cell.denominator)} gemeenten"


def meetings(release: Release, areas: Sequence[Area]) -> list[Meeting]:
    """What the agenda has for these areas after the day of the release, the first first."""
    codes = {(area.level, area.code) for area in areas}
    today = outline.created_on(release)
    return sorted(
        Meeting(row["datum"], row["activiteit"], row["soort"], row["area_name"] or "de regio", row["doelgroep"] or "")
        for row in release.registers["agenda"].iter_rows(named=True)
        if row["datum"] is not None and row["datum"] >= today and (row["area_level"], row["area_code"]) in codes
    )


def held_last_year(release: Release, area: Area) -> int:
    """How many activities the agenda counts in this area in the year before the release."""
    today = outline.created_on(release)
    mine = release.registers["agenda"].filter((pl.col("area_level") == area.level) & (pl.col("area_code") == area.code))
    return mine.filter(pl.col("datum").is_between(today - dt.timedelta(days=365), today, closed="left")).height
