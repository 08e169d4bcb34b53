"""What a reader has chosen on a page, and which rows of the release that page then shows; here for the page of a theme."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from app import drawings, figures, outline, wording
from app.catalogue import Breakdown, Indicator
from app.drawings import Drawing
from app.figures import Area
from app.release import Release


class Choice(Protocol):
    """What a page must tell of its choices before their figures can be taken along."""

    def codes(self) -> dict[str, str]:
        """The choices as the address of the page writes them."""

    def sentence(self) -> str:
        """The choices in words."""

    def rows(self, values: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
        """The rows of `values` (15 columns, one indicator) that the page shows, each once."""

    def drawings(self, release: Release, indicator: Indicator) -> list[Drawing]:
        """All that the page draws, in its order; what has nothing to draw is left out."""

    @property
    def category(self) -> str:
        """The category that stands in for the total; empty when it is the total itself."""


def file_part(codes: Mapping[str, str]) -> str:
    """The choices as a part of a file name."""
    return "_".join(re.sub(r"[^0-9A-Za-z]+", "-", code) for code in codes.values() if code)


def rows_among(values: pl.DataFrame, shown: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of `values` whose number (the column `row`) is in one of the frames `shown`, each once and without that number."""
    return values.filter(pl.col("row").is_in(pl.concat([frame["row"] for frame in shown]).implode())).drop("row")


@dataclass(frozen=True)
class View:
    """The choices on the page. `area` is the area that the page speaks of (the region where the indicator does not know the
    chosen one), `level` that of map and table, `form` tegels or grenzen, for pictures; `by` and `category` are set when one category
    stands in for a total."""

    area: Area
    region: Area
    level: str
    grain: str
    period: str
    by: Breakdown | None = None
    category: str = ""
    form: str = "tegels"

    def codes(self) -> dict[str, str]:
        """The choices as the address of the page writes them."""
        chosen = {"gebied": self.area.code, "kaart": self.level, "per": self.grain, "periode": self.period}
        return chosen | ({"categorie": self.category} if self.by else {})

    def sentence(self) -> str:
        """The choices in words."""
        period, level = wording.format_period(self.period), wording.LEVELS.get(self.level, self.level)
        parts = [
            f"{'het cijfer van de hele regio' if self.level == 'regio' else f'de tabel per {level}'} over {period}",
            f"het verloop in {self.area.in_sentence} per {wording.GRAINS.get(self.grain, self.grain)}",
            f"de uitsplitsingen over {period}",
        ]
        only = f", voor {wording.label(self.by.dimension).lower()} {wording.label(self.category).lower()}" if self.by else ""
        return f"De cijfers die de pagina bij deze keuze toont: {wording.join_words(parts)}{only}."

    def rows(self, values: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
        """The rows that table, map, trend and breakdowns of the page show."""
        numbered = values.with_row_index("row")
        drawn = figures.only(numbered, self.by, self.category) if self.by else numbered
        shown = [
            figures.map_rows(drawn, self.level, self.period),
            figures.rows_without_area(drawn, self.level, self.period),
            figures.region_rows(drawn, self.period),
            *(figures.series_rows(drawn, area, self.grain) for area in figures.compared_areas(indicator, self.area, self.region)),
        ]
        for by in indicator.breakdowns:
            if where := figures.breakdown_area(numbered, by, self.area, self.region, self.period):
                shown.append(figures.breakdown_rows(numbered, by, where, self.period))
        return rows_among(numbered, shown)

    def drawings(self, release: Release, indicator: Indicator) -> list[Drawing]:
        """Map, trend, funnel and breakdowns."""
        what = (release, indicator, self.by, self.category)
        found: list[Drawing | None] = []
        if self.level in outline.map_levels(*what, self.period):
            found.append(drawings.draw_map(*what, self.level, self.period, (self.area.code,), self.form))
        found.append(drawings.draw_trend(*what, self.grain, tuple(figures.compared_areas(indicator, self.area, self.region)), self.area.in_sentence))
        found.append(drawings.draw_funnel(*what, self.level, self.period, self.area, self.region))
        for by, where in outline.breakdowns(release, indicator, self.area, self.region, self.period):
            found.append(drawings.draw_breakdown(release, indicator, by, where, self.area, self.period))
        return [drawing for drawing in found if drawing and drawing.text]
