"""The figures of a release as counts: every row shows one or three counts of persons, and many rows show the same one.

A count has an address: who is counted (`who`, the categories that apply, none for all of the universe), and where and when. A share shows
its numerator, its denominator and the rest of it, for whoever sees two of them knows the third.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from pipelines.disclosure.model import DisclosureError, TwoValues
from pipelines.disclosure.universe import BREAKDOWNS, list_groups

PLACE = ("area_level", "area_code", "period_grain", "period")
ADDRESS = ("who", *PLACE)
TABLE = ("indicator_id", "area_level", "period_grain", "dimension_1", "dimension_2")
SHOWN = ("waarde", "voorlopig", "nihil", "nvt")  # nvt is a share of nothing: it says that nobody is there
NO_AREA = ("onbekend", "elders")

#: How fine a table is: one step for each level of area, of period, and for each breakdown. A level stands before those of which it may consist.
AREA_STEPS = {"regio": 0, "zorgregio": 1, "abc": 1, "district": 1, "gemeente": 2, "basisteam": 2, "wijk": 3}
PERIOD_STEPS = {"drie_jaar": 0, "twee_jaar": 0, "jaar": 0, "schooljaar": 0, "kwartaal": 1, "maand": 2}


class UnknownTable(DisclosureError):
    """An area level or a kind of period of which nothing is known, so that its figures cannot be judged."""


class Figures(NamedTuple):
    """rows: one row per figure (`row`, the columns of TABLE, `depth`, `crossed`: by which attributes it is told apart); counts: one row per
    count (`cell`, the columns of ADDRESS, `count`, `is_guarded`: a withheld one must keep its room); shown: one row per figure and count that
    it shows (`row`, `cell`)."""

    rows: pl.DataFrame
    counts: pl.DataFrame
    shown: pl.DataFrame


def read_figures(values: pl.DataFrame, entries: Sequence[Mapping[str, Any]]) -> Figures:
    """The counts behind `values` (the 15 columns of a release): the rows that count one universe (`each_universe`) of the indicators in
    `entries` (catalogue entries).

    Rows without a figure are left out (nothing is known of them); persons without an area are counted and not guarded, for no place
    leads to them. Raises UnknownTable, UnknownUniverse, and TwoValues where two figures show one count with different values.
    """
    known = values.with_row_index("row").filter(pl.col("state").is_in(SHOWN))
    for column, steps in (("area_level", AREA_STEPS), ("period_grain", PERIOD_STEPS)):
        if strange := sorted(set(known[column].unique()) - set(steps)):
            raise UnknownTable(f"{column} {', '.join(strange)} is not known to disclosure control: add how fine it is")
    breakdowns = sum((pl.col(name) != "totaal").cast(pl.Int64) for name in ("dimension_1", "dimension_2"))
    depth = pl.col("area_level").replace_strict(AREA_STEPS) + pl.col("period_grain").replace_strict(PERIOD_STEPS) + breakdowns
    known = known.join(list_groups(known, entries), on=["indicator_id", *BREAKDOWNS], how="inner", maintain_order="left")
    parts = pl.concat(_parts(known))
    counts = parts.group_by(ADDRESS, maintain_order=True).agg(
        pl.col("count").first(), other=pl.col("count").n_unique(), is_guarded=pl.col("is_guarded").any() & ~pl.col("area_code").first().is_in(NO_AREA)
    )
    if (twice := counts.filter(pl.col("other") > 1)).height:
        raise TwoValues(f"{twice.height} counts have two values, the first: {', '.join(twice.select(ADDRESS).row(0))}")
    counts = counts.drop("other").with_row_index("cell")
    shown = parts.join(counts.select(*ADDRESS, "cell"), on=list(ADDRESS), maintain_order="left").select("row", "cell")
    return Figures(known.select("row", *TABLE, "crossed", depth=depth), counts, shown)


def address_texts(counts: pl.DataFrame) -> pl.Series:
    """The addresses of counts (the columns of ADDRESS) in words, as a certificate names them."""
    return counts.select(pl.concat_str([pl.concat_str(pl.lit(f"{name} "), name) for name in ADDRESS], separator=", ")).to_series().alias("address")


def _parts(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """The counts that figures show: row, the columns of ADDRESS, count, is_guarded.

    A rate divides by inhabitants, who are public; a mean (an amount per case) by cases, which are what is counted. The denominator of a share
    is not guarded where it is the sum of two counts that are.
    """
    numerator, denominator = (pl.col(name).fill_null(0) for name in ("numerator", "denominator"))
    whole = pl.when(pl.col("counted") == "denominator").then(denominator).otherwise(numerator)
    columns = {"whole": (whole, pl.col("rest").is_null()), "part": (numerator, pl.lit(value=True)), "rest": (denominator - numerator, pl.lit(value=True))}
    return [
        rows.filter(pl.col(who).is_not_null()).select("row", *PLACE, who=who, count=count, is_guarded=guarded).select("row", *ADDRESS, "count", "is_guarded")
        for who, (count, guarded) in columns.items()
    ]
