"""What there is of an indicator to choose from: periods, map levels, areas, breakdowns. Kept with the release, for a page asks it at every click."""

from __future__ import annotations

import polars as pl

from app import figures, tiles
from app.catalogue import Breakdown, Indicator
from app.figures import Area
from app.release import Release
from app.remembered import remembered

MAP_LEVELS = ("gemeente", "district", "basisteam", "zorgregio")


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
    return figures.default_period(drawn(release, indicator, by, category), grain, tiles.created_on(release))


@remembered(512)
def map_levels(release: Release, indicator: Indicator, by: Breakdown | None, category: str, period: str) -> list[str]:
    """The levels that can be drawn as a map."""
    values = drawn(release, indicator, by, category)
    return [level for level in MAP_LEVELS if level in indicator.area_levels and not figures.map_rows(values, level, period).is_empty()]


@remembered(4096)
def knows(release: Release, indicator: Indicator, by: Breakdown | None, category: str, area: Area, grain: str) -> bool:
    """Whether the indicator has figures of an area."""
    return not figures.series_rows(drawn(release, indicator, by, category), area, grain).is_empty()


@remembered(4096)
def breakdowns(release: Release, indicator: Indicator, area: Area, region: Area, period: str) -> list[tuple[Breakdown, Area]]:
    """The dimensions that can be shown, each with the area that has it: the area itself or the region."""
    values = release.values_of(indicator.id)
    return [(by, where) for by in indicator.breakdowns if (where := figures.breakdown_area(values, by, area, region, period))]


@remembered(1)
def areas(release: Release) -> dict[str, Area]:
    """All areas that a reader can choose, by code, large to small."""
    return {area.code: area for area in figures.areas_of(release.names)}
