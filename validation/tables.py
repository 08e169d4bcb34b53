"""What the suites judge, in one hand: the frames, and the names and partners that belong to indicators and areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from validation.checks import Row
from validation.dutch import list_text

if TYPE_CHECKING:
    import pandas as pd

    Frame: TypeAlias = pl.DataFrame | pd.DataFrame

UNPLACED = ("onbekend", "elders")  # members that stand beside the real areas of every level
KNOWN_STATES = ("waarde", "voorlopig", "nihil")
JUDGED_YEARS = 10  # what is older says nothing about today, and was judged ten times over; without this, cost grows with history
# the nine columns that name a cell, in the marts as in a release
KEY = ("indicator_id", "area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2")


class Tables:
    """Frames by name, as Polars, plus the look-ups of their catalogue, deliveries and areas.

    `frames` holds mart_indicators, mart_reconciliation and leveringen, and may hold mart_areas (area_level, area_code,
    area_name) and mart_cross_sources. An indicator that the catalogue does not know counts as person-related: the safe side. `released` holds
    the professional values of the release in use, None where there is none.
    """

    def __init__(self, frames: Mapping[str, Frame], catalogue: Sequence[Mapping[str, object]], today: dt.date, released: pl.DataFrame | None = None) -> None:
        self.today = today
        self._released = released
        self._frames = frames
        self._catalogue = catalogue

    def frame(self, name: str) -> pl.DataFrame:
        """The frame of that name as Polars; raises KeyError when it was not given."""
        given = self._frames[name]
        if isinstance(given, pl.DataFrame):
            return given
        return pl.DataFrame(given.astype(object).where(given.notna(), None).to_dict("list")) if given.empty else pl.from_pandas(given)

    @cached_property
    def indicators(self) -> pl.DataFrame:
        """mart_indicators: totals and breakdowns before disclosure control, with `name`, `person_related`, `per`,
        `delivery` and `partner` of the indicator beside every row, of the last ten years."""
        return self.recent_mart.join(self.facts, on="indicator_id", how="left").with_columns(pl.col("person_related").fill_null(value=True))

    @cached_property
    def recent_mart(self) -> pl.DataFrame:
        """mart_indicators of the last ten years."""
        return self._recent(self.frame("mart_indicators"))

    @cached_property
    def recent_release(self) -> pl.DataFrame:
        """The values of the release in use of the last ten years, no rows where there is none."""
        return self.recent_mart.clear() if self._released is None else self._recent(self._released)

    def _recent(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.filter(pl.col("period") >= str(self.today.year - JUDGED_YEARS))

    @cached_property
    def counts(self) -> pl.DataFrame:
        """Of `indicators` what is counted by a partner and stands nowhere else: known numerators that add up, no shares and no means."""
        return self.indicators.filter(pl.col("state").is_in(KNOWN_STATES), pl.col("numerator").is_not_null(), is_count())

    @cached_property
    def cross_sources(self) -> pl.DataFrame:
        """mart_cross_sources (what several partners say of one subject, per period), empty where it was not given."""
        columns = {
            **dict.fromkeys(("onderwerp", "period_grain", "period", "indicator_id", "uitspraak"), pl.String),
            "statement_rank": pl.Int64,
            "counted": pl.Int64,
        }
        return self.frame("mart_cross_sources").select(*columns) if "mart_cross_sources" in self._frames else pl.DataFrame(schema=columns)

    @cached_property
    def facts(self) -> pl.DataFrame:
        """One row per indicator of the catalogue: name, person_related, per, interval_kind, delivery (its first source), partner,
        `is_sum` (False for means and standing numbers) and `is_repeated` for one that sets figures of other indicators side by
        side, so that a fault in it is told there."""
        rows = [
            {
                "indicator_id": row["indicator_id"],
                "name": row["name"],
                "person_related": str(row["person_related"]).strip().lower() != "false",
                "per": float(str(row["per"])) if row["per"] not in (None, "") else None,
                "interval_kind": row.get("interval_kind"),
                "is_repeated": row.get("theme") == "ketenbreed",
                "is_sum": row.get("additivity") != "niet",
                "delivery": _listed(row["sources"])[0],
            }
            for row in self._catalogue
        ]
        texts = dict.fromkeys(("indicator_id", "name", "interval_kind", "delivery"), pl.String)
        facts = pl.DataFrame(rows, schema={**texts, "person_related": pl.Boolean, "is_repeated": pl.Boolean, "is_sum": pl.Boolean, "per": pl.Float64})
        partners = [self.partner_of(delivery) for delivery in facts["delivery"]]
        return facts.with_columns(pl.Series("partner", partners, dtype=pl.String))

    @cached_property
    def _partners(self) -> dict[str, str]:
        if "leveringen" not in self._frames:
            return {}
        return {row["delivery"]: row["partner"] for row in self.frame("leveringen").select("delivery", "partner").iter_rows(named=True)}

    def partner_of(self, delivery: str | None) -> str | None:
        """Whom to ask about a delivery, as the table of deliveries names it."""
        return self._partners.get(delivery or "", delivery)

    def missing_deliveries(self) -> list[str]:
        """Deliveries that never came, as far as the table of deliveries was given."""
        if "leveringen" not in self._frames:
            return []
        rows = self.frame("leveringen")
        return rows.filter(pl.col("status") == "ontbreekt")["delivery"].to_list()

    @cached_property
    def _area_names(self) -> dict[tuple[str, str], str]:
        if "mart_areas" not in self._frames:
            return {}
        rows = self.frame("mart_areas").select("area_level", "area_code", "area_name").iter_rows()
        return {(level, code): name for level, code, name in rows}

    def area_name(self, level: Any, code: Any) -> str:
        """The name of an area, with its code for districts and teams (whose names alone are also those of towns)."""
        name = self._area_names.get((str(level), str(code)), str(code))
        return f"{code} {name}" if level in ("district", "basisteam") and name != code else name

    def with_area_names(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame (with area_level and area_code) and a column `area_name` to read."""
        names = [self.area_name(level, code) for level, code in frame.select("area_level", "area_code").iter_rows()]
        return frame.with_columns(pl.Series("area_name", names, dtype=pl.String))


def is_count() -> pl.Expr:
    """Whether an indicator's numerators add up and are its own: no share, no mean, and not repeated from another indicator."""
    own = pl.col("is_sum") & ~pl.col("is_repeated") & ~pl.col("per").is_in([1.0, 100.0]).fill_null(value=False)
    return own.fill_null(value=True)


def places_text(rows: Sequence[Row]) -> str:
    """The names of the areas of these rows, the region first."""
    return list_text(list(dict.fromkeys(row["area_name"] for row in sorted(rows, key=lambda row: row["area_level"] != "regio"))))


def _listed(value: Any) -> list[str]:
    """A list of the catalogue, as parsed or as the seed writes it (joined by `|`)."""
    return [str(item) for item in value] if isinstance(value, list | tuple) else str(value or "").split("|")
