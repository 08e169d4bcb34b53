"""What there is of an indicator to choose from: periods, map levels, areas, breakdowns. Kept with the release, for a page asks it at every click."""

from __future__ import annotations

import datetime as dt

import polars as pl

from app import figures, wording
from app.catalogue import Breakdown, Indicator
from app.figures import Area
from app.own_areas import own_areas
from app.release import Release
from app.remembered import remembered

MAP_LEVELS = ("gemeente", "district", "basisteam", "zorgregio")


@remembered(64)
def _places(release: Release, indicator: Indicator) -> dict[tuple[str, str], tuple[int, int]]:
    """Where the rows of each area stand in the values of an indicator, which are sorted by area: first row and number of rows. Raises ValueError
    where they do not stand together, for a slice would then hold figures of others."""
    rows = release.values_of(indicator.id).select("area_level", "area_code").with_row_index("row")
    found = rows.group_by("area_level", "area_code").agg(pl.col("row").min().alias("first"), pl.col("row").max().alias("last"), pl.len().alias("rows"))
    if not found.select((pl.col("last") - pl.col("first") + 1 == pl.col("rows")).all()).item():
        raise ValueError("the values of a release are not sorted by area")
    return {(level, code): (first, many) for level, code, first, many in found.select("area_level", "area_code", "first", "rows").iter_rows()}


def of_areas(release: Release, indicator: Indicator, *areas: Area) -> pl.DataFrame:
    """The values of some areas: slices, without looking through all of them (300,000 rows an indicator for the whole country)."""
    values, places = release.values_of(indicator.id), _places(release, indicator)
    found = [values.slice(*places[key]) for key in dict.fromkeys((area.level, area.code) for area in areas) if key in places]
    return pl.concat(found) if found else values.clear()


def drawn_of(release: Release, indicator: Indicator, by: Breakdown | None, category: str, *areas: Area) -> pl.DataFrame:
    """`drawn` for some areas."""
    values = of_areas(release, indicator, *areas)
    return figures.only(values, by, category) if by and category else values


def created_on(release: Release) -> dt.date:
    """The day on which the release was made; far ahead when it does not say, so that no period counts as running."""
    try:
        return dt.datetime.fromisoformat(str(release.manifest.get("created_at"))).date()
    except ValueError:
        return dt.date.max


@remembered(64)
def drawn(release: Release, indicator: Indicator, by: Breakdown | None = None, category: str = "") -> pl.DataFrame:
    """The figures to draw: all, or one `category` of `by` in the place of the total."""
    values = release.values_of(indicator.id)
    return figures.only(values, by, category) if by and category else values


@remembered(256)
def main_breakdown(release: Release, indicator: Indicator) -> Breakdown | None:
    """The dimension that stands in for a total that there is not."""
    return figures.main_breakdown(indicator, release.values_of(indicator.id))


@remembered(256)
def categories(release: Release, indicator: Indicator, by: Breakdown) -> list[str]:
    """The categories of a dimension, the largest first."""
    return figures.categories(release.values_of(indicator.id), by)


@remembered(256)
def periods(release: Release, indicator: Indicator, by: Breakdown | None = None, category: str = "") -> dict[str, list[str]]:
    """Per grain the periods that have a total, newest first."""
    return figures.periods_by_grain(figures.totals(drawn(release, indicator, by, category)))


@remembered(256)
def default_period(release: Release, indicator: Indicator, by: Breakdown | None, category: str, grain: str) -> str | None:
    """The newest period of a grain that is over and has a figure."""
    return figures.default_period(drawn(release, indicator, by, category), grain, created_on(release))


@remembered(512)
def map_levels(release: Release, indicator: Indicator, by: Breakdown | None, category: str, period: str) -> list[str]:
    """The levels that can be drawn as a map."""
    values = drawn(release, indicator, by, category)
    return [level for level in MAP_LEVELS if level in indicator.area_levels and not figures.map_rows(values, level, period).is_empty()]


@remembered(4096)
def knows(release: Release, indicator: Indicator, by: Breakdown | None, category: str, area: Area, grain: str) -> bool:
    """Whether the indicator has figures of an area."""
    return not figures.series_rows(drawn_of(release, indicator, by, category, area), area, grain).is_empty()


@remembered(4096)
def breakdowns(release: Release, indicator: Indicator, area: Area, region: Area, period: str) -> list[tuple[Breakdown, Area]]:
    """The dimensions that can be shown, each with the area that has it: the area itself or the region."""
    values = of_areas(release, indicator, area, region)
    return [(by, where) for by in indicator.breakdowns if (where := figures.breakdown_area(values, by, area, region, period))]


@remembered(1)
def areas(release: Release) -> dict[str, Area]:
    """All areas that a reader can choose, by code, large to small."""
    return {area.code: area for area in figures.areas_of(release.names)}


@remembered(1)
def own_areas_of(release: Release) -> frozenset[str]:
    """Codes of the areas of which a reader of a gemeente sees the figures for professionals."""
    return frozenset(own_areas(release.areas, release.scope.gemeenten))


def themes(release: Release) -> list[str]:
    """The themes of the release, in the order of the navigation; one that is new here comes last."""
    known = list(wording.THEMES)
    return sorted({one.theme for one in release.indicators}, key=lambda theme: known.index(theme) if theme in known else len(known))
