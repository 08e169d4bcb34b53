"""What a reader of the Verkenner has chosen: any indicator, up to five areas, and a range of periods or one period split into categories. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from app import figures, wording
from app.catalogue import Breakdown, Indicator
from app.downloads.view import rows_among
from app.drawings import Drawing, draw_breakdown, draw_map, draw_trend
from app.figures import Area
from app.release import Release
from app.tables import Series

MOST_AREAS = 5


@dataclass(frozen=True)
class Exploration:
    """The choices on the page. With `by` and no `category` all categories stand side by side, for the period `last` alone; with a category
    that one stands in for the total. `level` is that of the map, `regio` where there is none."""

    areas: tuple[Area, ...]
    grain: str
    first: str
    last: str
    level: str = "regio"
    by: Breakdown | None = None
    category: str = ""
    form: str = "tegels"

    @property
    def is_split(self) -> bool:
        """True when categories are shown side by side, and not periods."""
        return self.by is not None and not self.category

    @property
    def where(self) -> str:
        """The areas behind 'in'."""
        return wording.join_words([area.in_sentence for area in self.areas])

    @property
    def when(self) -> str:
        """The periods in words."""
        ends = [self.last] if self.is_split or self.first == self.last else [self.first, self.last]
        return " tot en met ".join(wording.format_period(period) for period in ends)

    def codes(self) -> dict[str, str]:
        """The choices as the address of the page writes them."""
        chosen = {"gebieden": ",".join(area.code for area in self.areas), "per": self.grain}
        chosen |= {"uitsplitsing": self.by.dimension} if self.by else {}
        chosen |= {"categorie": self.category} if self.category else {}
        chosen |= {} if self.is_split else {"van": self.first}
        return chosen | {"tot": self.last} | ({"kaart": self.level} if self.level != "regio" else {})

    def sentence(self) -> str:
        """The choices in words."""
        parts = []
        if self.areas:
            what = f"de uitsplitsing naar {wording.label(self.by.dimension).lower()}" if self.by and self.is_split else "het verloop"
            parts.append(f"{what} in {self.where}, per {wording.GRAINS.get(self.grain, self.grain)}, {self.when}")
        if self.level != "regio":
            parts.append(f"de kaart per {wording.LEVELS[self.level]} over {wording.format_period(self.last)}")
        only = f"; alleen {wording.label(self.by.dimension).lower()} {wording.label(self.category).lower()}" if self.by and self.category else ""
        return f"De cijfers die de Verkenner bij deze keuze toont: {' en '.join(parts)}{only}."

    def rows(self, values: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:  # noqa: ARG002 - any choice is asked so
        """The rows that charts, map and table of the page show."""
        numbered = values.with_row_index("row")
        drawn = self.drawn(numbered)
        if self.by and self.is_split:
            shown = [figures.breakdown_rows(drawn, self.by, area, self.last) for area in self.areas]
        else:
            periods = pl.col("period").is_between(pl.lit(self.first), pl.lit(self.last))
            shown = [figures.series_rows(drawn, area, self.grain).filter(periods) for area in self.areas]
        return rows_among(numbered, [*shown, figures.map_rows(drawn, self.level, self.last)] if self.level != "regio" else shown)

    def drawings(self, release: Release, indicator: Indicator) -> list[Drawing]:
        """The trend and the map, or the bars of each area, all on one scale."""
        if self.by and self.is_split:
            series = self.categories(release.values_of(indicator.id))
            found = [draw_breakdown(release, indicator, self.by, area, area, self.last, True, largest(series)) for area, _ in series]
        else:
            what = (release, indicator, self.by, self.category)
            areas = tuple(area for area, _ in self.lines(release.values_of(indicator.id)))
            where = wording.join_words([area.in_sentence for area in areas])
            found = [draw_trend(*what, self.grain, areas, where, self.first, self.last)] if areas else []
            if self.level != "regio":
                found.append(draw_map(*what, self.level, self.last, self.codes_of_areas, self.form))
        return [drawing for drawing in found if drawing.text]

    @property
    def codes_of_areas(self) -> tuple[str, ...]:
        """The codes of the areas, in their order."""
        return tuple(area.code for area in self.areas)

    def drawn(self, values: pl.DataFrame) -> pl.DataFrame:
        """The values with the chosen category in the place of the total."""
        return figures.only(values, self.by, self.category) if self.by and self.category else values

    def lines(self, values: pl.DataFrame) -> Series:
        """Each area that has figures, with its cells of the chosen periods, oldest first."""
        drawn = self.drawn(values)
        found = [(area, [cell for cell in figures.series(drawn, area, self.grain) if self.first <= cell.period <= self.last]) for area in self.areas]
        return [(area, cells) for area, cells in found if cells]

    def categories(self, values: pl.DataFrame) -> Series:
        """Each area that has a breakdown, with its categories, in the order of the first area with a number."""
        by = self.by
        assert by is not None
        found = [(area, cells) for area in self.areas if (cells := figures.breakdown(values, by, area, self.last))]
        leading = next((cells for _, cells in found if figures.has_number(cells)), [])
        order = [cell.category for cells in [leading, *(cells for _, cells in found)] for cell in cells]
        return [(area, sorted(cells, key=lambda cell: order.index(cell.category))) for area, cells in found]


def largest(series: Series) -> float:
    """The largest value that is shown, so that the bars of all areas get one scale."""
    return max((cell.value or 0.0 for _, cells in series for cell in cells if cell.state in figures.NUMERIC), default=0.0)


def toggled(codes: Sequence[str], code: str) -> list[str]:
    """The chosen areas after a click on one: away if it was there, else added while there is room."""
    if code in codes:
        return [one for one in codes if one != code]
    return [*codes, code] if len(codes) < MOST_AREAS else [*codes]
