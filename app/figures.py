"""Picks cells of one indicator and says them in a sentence. Pure: frames in, cells and texts out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from app import wording
from app.catalogue import Breakdown, Indicator

TOTAL = "totaal"
GRAIN_ORDER = ("jaar", "schooljaar", "twee_jaar", "drie_jaar", "kwartaal", "maand")
NUMERIC = ("waarde", "voorlopig", "nihil")
NO_AREA = ("onbekend", "elders")


@dataclass(frozen=True)
class Area:
    """One area of the release."""

    level: str
    code: str
    name: str

    @property
    def label(self) -> str:
        """Name for lists."""
        return wording.area_label(self.level, self.code, self.name)

    @property
    def in_sentence(self) -> str:
        """Name behind 'in'."""
        return wording.area_in_sentence(self.level, self.code, self.name)


@dataclass(frozen=True)
class Cell:
    """One figure: a state, and numbers where the state allows them."""

    area_level: str
    area_code: str
    period: str
    category: str
    state: str
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None = None
    upper: float | None = None

    def text(self, indicator: Indicator) -> str:
        """The value with its sign, as written in tiles, tables and tiles of the map."""
        return wording.format_value(self.value, self.state, indicator.decimals, indicator.value_unit)


def totals(values: pl.DataFrame) -> pl.DataFrame:
    """The cells that are not broken down."""
    return values.filter((pl.col("dimension_1") == TOTAL) & (pl.col("dimension_2") == TOTAL))


def only(values: pl.DataFrame, by: Breakdown, category: str) -> pl.DataFrame:
    """One category as if it were the whole, for an indicator that has no total because its categories overlap."""
    mine = values.filter((pl.col("dimension_1") == by.dimension) & (pl.col("category_1") == category) & (pl.col("dimension_2") == TOTAL))
    return mine.with_columns(pl.lit(TOTAL).alias("dimension_1"), pl.lit(TOTAL).alias("category_1"))


def main_breakdown(indicator: Indicator, values: pl.DataFrame) -> Breakdown | None:
    """The dimension that stands in for the total of an indicator without one; None when there is a total."""
    if not totals(values).is_empty():
        return None
    present = set(values["dimension_1"].unique().to_list())
    return next((by for by in indicator.breakdowns if by.dimension in present), None)


def categories(values: pl.DataFrame, by: Breakdown) -> list[str]:
    """The categories of a dimension, those with the largest figures first, unknown last."""
    mine = values.filter(pl.col("dimension_1") == by.dimension).group_by("category_1").agg(pl.col("value").max().fill_null(-1.0))
    return [name for name, _ in sorted(mine.iter_rows(), key=lambda row: (row[0] in NO_AREA, -row[1], row[0]))]


def to_cells(frame: pl.DataFrame) -> list[Cell]:
    """Rows of a values frame as cells, in the order of the frame."""
    columns = ["area_level", "area_code", "period", "category_1", "state", "value", "numerator", "denominator", "lower", "upper"]
    return [Cell(*row) for row in frame.select(columns).iter_rows()]


def periods_by_grain(values: pl.DataFrame) -> dict[str, list[str]]:
    """Per grain the periods that the indicator has, newest first; coarse grains first."""
    found: dict[str, list[str]] = {}
    for grain, period in values.select("period_grain", "period").unique().sort("period", descending=True).iter_rows():
        found.setdefault(grain, []).append(period)
    return dict(sorted(found.items(), key=lambda item: GRAIN_ORDER.index(item[0]) if item[0] in GRAIN_ORDER else 99))


def is_over(period: str, created: dt.date) -> bool:
    """False when the period had not ended on the day that the release was made: its count still grows."""
    return wording.end_of_period(period) < created


def default_period(values: pl.DataFrame, grain: str, created: dt.date) -> str | None:
    """The newest period of the grain that is over and has a figure somewhere; else the newest at all."""
    mine = values.filter(pl.col("period_grain") == grain)
    filled = mine.filter(pl.col("state").is_in([*NUMERIC, "geheim"]))["period"].unique().to_list()
    over = [period for period in filled if is_over(period, created)]
    return max(over or filled or mine["period"].unique().to_list(), default=None)


def find(values: pl.DataFrame, area: Area, period: str) -> Cell | None:
    """The total of one area and period, or None when the release has no such cell."""
    hit = totals(values).filter((pl.col("area_level") == area.level) & (pl.col("area_code") == area.code) & (pl.col("period") == period))
    return next(iter(to_cells(hit)), None)


def series_rows(values: pl.DataFrame, area: Area, grain: str) -> pl.DataFrame:
    """The totals of one area, oldest first."""
    hit = totals(values).filter((pl.col("area_level") == area.level) & (pl.col("area_code") == area.code) & (pl.col("period_grain") == grain))
    return hit.sort("period")


def series(values: pl.DataFrame, area: Area, grain: str) -> list[Cell]:
    """`series_rows` as cells."""
    return to_cells(series_rows(values, area, grain))


def compared_areas(indicator: Indicator, area: Area, region: Area) -> list[Area]:
    """The areas of a trend: the chosen one, and the region beside it where the figure is relative."""
    return [area, region] if area != region and indicator.is_rate else [area]


def breakdown_rows(values: pl.DataFrame, by: Breakdown, area: Area, period: str) -> pl.DataFrame:
    """The categories of one dimension for one area and period."""
    return values.filter(
        (pl.col("dimension_1") == by.dimension)
        & (pl.col("dimension_2") == TOTAL)
        & (pl.col("area_level") == area.level)
        & (pl.col("area_code") == area.code)
        & (pl.col("period") == period)
    )


def breakdown_area(values: pl.DataFrame, by: Breakdown, area: Area, region: Area, period: str) -> Area | None:
    """The area whose breakdown is shown: the area itself, else the region, or None where neither has one."""
    return next((where for where in (area, region) if not breakdown_rows(values, by, where, period).is_empty()), None)


def breakdown(values: pl.DataFrame, by: Breakdown, area: Area, period: str) -> list[Cell]:
    """`breakdown_rows` as cells: bands in their own order, all else by size, unknown last."""
    cells = to_cells(breakdown_rows(values, by, area, period))
    banded = any(cell.category[:1].isdigit() for cell in cells)

    def order(cell: Cell) -> tuple[bool, bool, float, str]:
        size = 0.0 if banded else -((cell.value if cell.value is not None else cell.numerator) or 0.0)
        return cell.category in NO_AREA, cell.state not in NUMERIC and not banded, size, cell.category

    return sorted(cells, key=order)


def map_rows(values: pl.DataFrame, level: str, period: str) -> pl.DataFrame:
    """The totals to draw on a map of one level. Where the source cannot split Den Haag over A, B and C, the one cell of
    ABC stands in their place; a figure is never divided by a guess."""
    frame = totals(values).filter((pl.col("period") == period) & ~pl.col("area_code").is_in(NO_AREA))
    rows, of_the_hague = frame.filter(pl.col("area_level") == level).sort("area_code"), pl.col("area_code").is_in(("A", "B", "C"))
    if level != "district":
        return rows
    split = rows.filter(of_the_hague & (pl.col("state") != "onbekend"))
    whole = frame.filter(pl.col("area_level") == "abc")
    return rows if split.height or whole.is_empty() else pl.concat([whole, rows.filter(~of_the_hague)])


def map_cells(values: pl.DataFrame, level: str, period: str) -> list[Cell]:
    """`map_rows` as cells."""
    return to_cells(map_rows(values, level, period))


def rows_without_area(values: pl.DataFrame, level: str, period: str) -> pl.DataFrame:
    """The totals of one level whose area is unknown or elsewhere: a table shows them, a map cannot."""
    return totals(values).filter((pl.col("period") == period) & (pl.col("area_level") == level) & pl.col("area_code").is_in(NO_AREA))


def region_rows(values: pl.DataFrame, period: str) -> pl.DataFrame:
    """The total of the whole region."""
    return totals(values).filter((pl.col("period") == period) & (pl.col("area_level") == "regio") & ~pl.col("area_code").is_in(NO_AREA))


def has_number(cells: list[Cell]) -> bool:
    """True when there is anything to draw; a chart of only withheld figures is an empty frame."""
    return any(cell.state in NUMERIC for cell in cells)


def sentence(indicator: Indicator, cell: Cell | None, area: Area, period: str, partner: str = "") -> str:
    """One plain Dutch sentence about one figure, made from the catalogue's units. Never says how small a withheld number is."""
    when, where = wording.period_in_sentence(period), area.in_sentence
    if cell is None or cell.state in ("onbekend", "nvt"):
        return f"Over {when} is er voor {where} geen cijfer: het is niet geleverd of niet te berekenen."
    if cell.state == "geheim":
        return f"Het cijfer over {when} voor {where} is geheim. Het wordt niet getoond, zodat niemand te herkennen is."
    value = wording.format_number(cell.value, indicator.decimals)
    if indicator.is_share:
        share = f"{value}% {wording.unit_behind(indicator.value_unit)}".strip()
        if cell.numerator is None or cell.denominator is None:
            return f"In {when} was dit in {where} {share}."
        many, all_of = wording.format_number(cell.numerator), wording.format_number(cell.denominator)
        part, whole = (text[:1].lower() + text[1:] for text in (indicator.numerator, indicator.denominator))
        verb = "was" if cell.numerator == 1 else "waren"
        return f"In {when} {verb} er in {where} {many} {part}, van de {all_of} {whole}: {value}%."
    if not indicator.is_rate and cell.value != cell.numerator:  # a survey or a median: the figure is no count of its own unit
        basis = f", gemeten over {wording.format_number(cell.numerator)} {indicator.unit}" if cell.numerator else ""
        percent = "%" if indicator.value_unit.startswith("%") else ""
        return f"In {when} was dit in {where} {value}{percent} {wording.unit_behind(indicator.value_unit)}{basis}."
    if cell.state == "nihil":
        return f"In {when} was het aantal {indicator.unit} in {where} nul."
    count = cell.numerator
    rate = f": {value} {indicator.value_unit.removeprefix(indicator.unit).strip()}" if indicator.is_rate else ""
    if count is None:
        return f"In {when} was dit in {where} {value} {indicator.value_unit}."
    many = wording.format_number(count)
    subject = wording.partner_in_sentence(partner)
    if count == 1 or subject is None:
        return f"In {when} was het aantal {indicator.unit} in {where} {many}{rate}."
    verb = "telde" if indicator.unit.startswith("registr") else "registreerde"
    return f"In {when} {verb} {subject} {many} {indicator.unit} in {where}{rate}."


def breakdown_sentence(indicator: Indicator, by: Breakdown, cells: list[Cell], area: Area, period: str) -> str:
    """One sentence about an indicator without a total: its categories side by side, nowhere added up."""
    when, where, split = wording.period_in_sentence(period), area.in_sentence, wording.label(by.dimension).lower()
    counted = [f"{wording.label(cell.category).lower()} {cell.text(indicator).rstrip('*')}" for cell in cells if cell.state in ("waarde", "voorlopig")]
    if not counted:
        return f"Over {when} is er voor {where} geen cijfer naar {split} dat getoond kan worden."
    overlap = " Deze aantallen overlappen en worden nergens opgeteld." if by.overlaps else ""
    return f"In {when} was het aantal {indicator.unit} in {where} naar {split}: {wording.join_words(counted)}.{overlap}"


def change(indicator: Indicator, now: Cell | None, cells: list[Cell]) -> str:
    """The figure of the period before, for comparison and without judgement; empty when either is not a number."""
    earlier = [cell for cell in cells if now and cell.period < now.period]
    if not now or not earlier or now.state not in NUMERIC or earlier[-1].state not in NUMERIC:
        return ""
    return f"Periode ervoor ({wording.format_period(earlier[-1].period)}): {earlier[-1].text(indicator)}"


def areas_of(names: Mapping[tuple[str, str], str]) -> list[Area]:
    """All areas that a reader can choose: large to small, then by name."""
    rank = {level: number for number, level in enumerate(("regio", "zorgregio", "abc", "district", "basisteam", "gemeente", "wijk"))}
    found = [Area(level, code, name) for (level, code), name in names.items() if code not in NO_AREA]
    return sorted(found, key=lambda a: (rank.get(a.level, 99), a.code if a.level in ("district", "basisteam") else a.name.lstrip("'").lower()))
