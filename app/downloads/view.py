"""What a reader has chosen on the page of a theme, and which rows of the release that page then shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from app import figures, wording
from app.catalogue import Breakdown, Indicator
from app.figures import Area


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

    def file_part(self) -> str:
        """The choices as a part of a file name."""
        return "_".join(re.sub(r"[^0-9A-Za-z]+", "-", code) for code in self.codes().values() if code)


def rows_in_view(values: pl.DataFrame, indicator: Indicator, view: View) -> pl.DataFrame:
    """The rows of `values` (15 columns, one indicator) that table, map, trend and breakdowns of the page show, each once."""
    numbered = values.with_row_index("row")
    drawn = figures.only(numbered, view.by, view.category) if view.by else numbered
    shown = [
        figures.map_rows(drawn, view.level, view.period),
        figures.rows_without_area(drawn, view.level, view.period),
        figures.region_rows(drawn, view.period),
        *(figures.series_rows(drawn, area, view.grain) for area in figures.compared_areas(indicator, view.area, view.region)),
    ]
    for by in indicator.breakdowns:
        if where := figures.breakdown_area(numbered, by, view.area, view.region, view.period):
            shown.append(figures.breakdown_rows(numbered, by, where, view.period))
    return numbered.filter(pl.col("row").is_in(pl.concat([frame["row"] for frame in shown]).implode())).drop("row")
