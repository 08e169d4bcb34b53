"""The figures of a release as counts: every row shows one or three counts of persons, and many rows show the same one.

A count has an address: who is counted (`who`, the categories that apply, none for all), and where and when. A share shows its numerator,
its denominator and the rest of it, for whoever sees two of them knows the third.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from pipelines.disclosure.model import DisclosureError, TwoValues

PLACE = ("area_level", "area_code", "period_grain", "period")
ADDRESS = ("who", *PLACE)
TABLE = ("indicator_id", "area_level", "period_grain", "dimension_1", "dimension_2")
SHOWN = ("waarde", "voorlopig", "nihil", "nvt")  # nvt is a share of nothing: it says that nobody is there
NO_AREA = ("onbekend", "elders")
PERCENTAGE = 100

#: How fine a table is: one step for each level of area, of period, and for each breakdown. A level stands before those of which it may consist.
AREA_STEPS = {"regio": 0, "zorgregio": 1, "abc": 1, "district": 1, "gemeente": 2, "basisteam": 2, "wijk": 3}
PERIOD_STEPS = {"drie_jaar": 0, "twee_jaar": 0, "jaar": 0, "schooljaar": 0, "kwartaal": 1, "maand": 2}


class UnknownTable(DisclosureError):
    """An area level or a kind of period of which nothing is known, so that its figures cannot be judged."""


class Figures(NamedTuple):
    """rows: one row per figure (`row`, the columns of TABLE, `depth`); counts: one row per count (`cell`, the columns of ADDRESS, `count`,
    `is_guarded`: a withheld one must keep its room); shown: one row per figure and count that it shows (`row`, `cell`)."""

    rows: pl.DataFrame
    counts: pl.DataFrame
    shown: pl.DataFrame


def read_figures(values: pl.DataFrame, entries: Sequence[Mapping[str, Any]]) -> Figures:
    """The counts behind `values` (the 15 columns of a release) of the indicators in `entries` (catalogue entries about the same persons).

    Rows without a figure are left out (nothing is known of them); persons without an area are counted and not guarded, for no place
    leads to them. Raises UnknownTable, and TwoValues where two figures show one count with different values.
    """
    known = values.with_row_index("row").filter(pl.col("state").is_in(SHOWN), pl.col("indicator_id").is_in([str(e["indicator_id"]) for e in entries]))
    for column, steps in (("area_level", AREA_STEPS), ("period_grain", PERIOD_STEPS)):
        if strange := sorted(set(known[column].unique()) - set(steps)):
            raise UnknownTable(f"{column} {', '.join(strange)} is not known to disclosure control: add how fine it is")
    breakdowns = sum((pl.col(name) != "totaal").cast(pl.Int64) for name in ("dimension_1", "dimension_2"))
    depth = pl.col("area_level").replace_strict(AREA_STEPS) + pl.col("period_grain").replace_strict(PERIOD_STEPS) + breakdowns
    parts = pl.concat([part for entry in entries for part in _parts(known.filter(pl.col("indicator_id") == entry["indicator_id"]), entry)])
    counts = parts.group_by(ADDRESS, maintain_order=True).agg(
        pl.col("count").first(), other=pl.col("count").n_unique(), is_guarded=pl.col("is_guarded").any() & ~pl.col("area_code").first().is_in(NO_AREA)
    )
    if (twice := counts.filter(pl.col("other") > 1)).height:
        raise TwoValues(f"{twice.height} counts have two values, the first: {', '.join(twice.select(ADDRESS).row(0))}")
    counts = counts.drop("other").with_row_index("cell")
    shown = parts.join(counts.select(*ADDRESS, "cell"), on=list(ADDRESS), maintain_order="left").select("row", "cell")
    return Figures(known.select("row", *TABLE, depth=depth), counts, shown)


def address_texts(counts: pl.DataFrame) -> pl.Series:
    """The addresses of counts (the columns of ADDRESS) in words, as a certificate names them."""
    return counts.select(pl.concat_str([pl.concat_str(pl.lit(f"{name} "), name) for name in ADDRESS], separator=", ")).to_series().alias("address")


def _parts(rows: pl.DataFrame, entry: Mapping[str, Any]) -> list[pl.DataFrame]:
    """The counts that the figures of one indicator show: row, the columns of ADDRESS, count, is_guarded.

    A rate divides by inhabitants, who are public; a mean (an amount per case) by cases, which are what is counted.
    """
    of, per = str(entry["indicator_id"]), entry.get("per")
    numerator, denominator = (pl.col(name).fill_null(0) for name in ("numerator", "denominator"))
    if per == PERCENTAGE:
        # a denominator is not guarded itself: it is the sum of two counts that are
        parts = [(f"{of}=teller", numerator, True), (f"{of}=rest", denominator - numerator, True), ("", denominator, False)]
    else:
        parts = [("", denominator if per is not None and per < PERCENTAGE else numerator, True)]
    return [
        rows.select("row", *PLACE, own=pl.lit(own), count=count, is_guarded=pl.lit(guarded), **_categories())
        .with_columns(who=pl.concat_list("own", "first", "second").list.eval(pl.element().filter(pl.element() != "")).list.sort().list.join("&"))
        .select("row", *ADDRESS, "count", "is_guarded")
        for own, count, guarded in parts
    ]


def _categories() -> dict[str, pl.Expr]:
    """`dimension=category` of both breakdowns, empty for a total."""
    return {
        name: pl.when(pl.col(f"dimension_{k}") == "totaal").then(pl.lit("")).otherwise(pl.concat_str(f"dimension_{k}", pl.lit("="), f"category_{k}"))
        for name, k in (("first", 1), ("second", 2))
    }
