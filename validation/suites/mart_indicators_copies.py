"""mart_indicators, copies: were these figures counted, or copied or rounded?

A finding names indicator, periods or areas and no figure.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import list_text, percentage_text, period_text
from validation.plausibility import finest_grain, share_at_least
from validation.tables import UNPLACED, Tables, places_text

NAME = "mart_indicators_copies"
COPY_CELLS = 12  # as many equal non-zero counts are a copy: chance gives it less than once in 10^8
COPY_CASES = 40  # cases in them together: ones and twos are equal often
ROUND_CELLS = 10  # multiples of 5 by chance: once in 10^7
# Whipple's index (United Nations, 1955) is the share of figures that end in 0 or 5 beside the fifth that chance gives; from 175 on it calls data very rough.
MOST_ROUND = 0.4

CELL = ["area_level", "area_code", "dimension_1", "category_1", "dimension_2", "category_2"]
FACTS = ["indicator_id", "name", "delivery", "partner"]


def build_suite(tables: Tables) -> Suite:
    """Expectations about figures of persons in the level of areas that has most of them."""
    cells = finest_grain(tables.counts.filter(pl.col("person_related"), ~pl.col("area_code").is_in(UNPLACED)))
    cells = cells.with_columns(pl.len().over("indicator_id", "area_level").alias("cells"))
    counted = cells.filter(pl.col("cells") == pl.col("cells").max().over("indicator_id"), pl.col("numerator") > 0)
    parts = (
        Part("periods", "Gekopieerde oudere perioden", _periods(counted), (_no_older_copy(),)),
        Part("areas", "Gekopieerde gebieden", tables.with_area_names(_areas(counted)), (_no_copied_area(),)),
        Part("digits", "Afgeronde cijfers", _digits(counted), (_not_rounded(),)),
    )
    return Suite(NAME, "Indicatoren: kopieën en afronding", parts)


def _signatures(counted: pl.DataFrame, thing: list[str], cell: list[str]) -> pl.DataFrame:
    """Per `thing` with enough counts a `signature`: equal for equal counts in equal cells."""
    each = pl.struct(*cell, "numerator").hash(seed=0)
    signed = counted.group_by(*FACTS, *thing).agg(
        each.sum().alias("signature"), pl.len().alias("signed_cells"), pl.col("numerator").sum().alias("cases"), pl.col("period").max().alias("until")
    )
    return signed.filter(pl.col("signed_cells") >= COPY_CELLS, pl.col("cases") >= COPY_CASES)


def _periods(counted: pl.DataFrame) -> pl.DataFrame:
    """One row per period with enough counts: how many earlier periods have the same counts in all cells; the one just before
    aside, which `period_is_no_copy` tells."""
    signed = _signatures(counted, ["period"], CELL).drop("until")
    signed = signed.with_columns(pl.col("period").rank("dense").over("indicator_id").alias("rank"))
    twins = signed.join(
        signed.select("indicator_id", "signature", pl.col("period").alias("twin"), pl.col("rank").alias("twin_rank")), on=["indicator_id", "signature"]
    )
    twins = (
        twins.filter(pl.col("twin_rank") + 1 < pl.col("rank"))
        .group_by("indicator_id", "period")
        .agg(pl.len().cast(pl.Int64).alias("twins"), pl.col("twin").max())
    )
    frame = signed.select(*FACTS, "period").join(twins, on=["indicator_id", "period"], how="left")
    return frame.with_columns(pl.col("twins").fill_null(0)).sort("indicator_id", "period")


def _areas(counted: pl.DataFrame) -> pl.DataFrame:
    """One row per area, period and year with enough counts in that year: how many other areas of the level have the same counts."""
    year = pl.col("period").str.slice(0, 4).alias("year")
    signed = _signatures(counted.with_columns(year), ["area_level", "area_code", "year"], ["period", *CELL[2:]])
    twins = (pl.len().over("indicator_id", "area_level", "year", "signature") - 1).cast(pl.Int64).alias("twins")
    return (
        signed.with_columns(twins)
        .select(*FACTS, "area_level", "area_code", pl.col("until").alias("period"), "twins")
        .sort("indicator_id", "area_code", "period")
    )


def _digits(counted: pl.DataFrame) -> pl.DataFrame:
    """One row per period: the share of its counts that are a multiple of 5, as a lower bound, in the breakdown with most of them."""
    rows = counted.with_columns(pl.len().over("indicator_id", "dimension_1").alias("size"))
    rows = rows.filter(pl.col("size") == pl.col("size").max().over("indicator_id"))
    per_period = rows.group_by(*FACTS, "period").agg(
        (pl.col("numerator") % 5 == 0).sum().cast(pl.Float64).alias("round"), pl.len().cast(pl.Float64).alias("all")
    )
    judged = per_period.filter(pl.col("all") >= ROUND_CELLS).with_columns(share_at_least("round", "all").alias("round_share"))
    return judged.drop("round", "all").sort("indicator_id", "period")


def _no_older_copy() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        pairs = list_text([f"{period_text(other['period'])} aan {period_text(other['twin'])}" for other in rows])
        return (
            f"‘{row['name']}’ is in alle gebieden en categorieën gelijk: {pairs}. "
            f"Waarschijnlijk is een oud bestand opnieuw gestuurd; vraag na bij {row['partner']}."
        )

    return Check(
        id="period_is_no_older_copy",
        severity="waarschuwing",
        dimension="uniciteit",
        description="Geen periode is een kopie van een oudere periode.",
        expect=Between("twins", maximum=0),
        sentence=sentence,
        subject=("indicator_id",),
    )


def _no_copied_area() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row, years = rows[0], sorted({other["period"][:4] for other in rows})
        where, when = places_text(rows), list_text(years)
        return f"‘{row['name']}’ heeft in {when} dezelfde cijfers voor {where}: waarschijnlijk gekopieerd; vraag na bij {row['partner']}."

    return Check(
        id="area_is_no_copy",
        severity="waarschuwing",
        dimension="uniciteit",
        description="Geen twee gebieden hebben een jaar lang dezelfde cijfers.",
        expect=Between("twins", maximum=0),
        sentence=sentence,
        subject=("indicator_id",),
    )


def _not_rounded() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        when = list_text([period_text(other["period"]) for other in rows])
        return (
            f"‘{row['name']}’: over {when} zijn meer dan {percentage_text(MOST_ROUND)} van de aantallen veelvouden van vijf: "
            f"waarschijnlijk afgerond of geschat; vraag {row['partner']} om getelde aantallen."
        )

    return Check(
        id="counts_not_rounded",
        severity="waarschuwing",
        dimension="juistheid",
        description=f"Hoogstens {percentage_text(MOST_ROUND)} van de aantallen is een veelvoud van vijf (toeval geeft ongeveer {percentage_text(0.2)}).",
        expect=Between("round_share", maximum=MOST_ROUND),
        sentence=sentence,
        subject=("indicator_id",),
    )
