"""mart_indicators, plausibility: can the newest figures be true, given their own past and the clock?

Sentences about persons never carry a number, and below the region not even the direction: the mart is judged before
disclosure control, and "much lower than usual" would already bound a withheld count.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import number_text, period_text
from validation.plausibility import finest_grain, score_newest, surprise_bound
from validation.tables import KNOWN_STATES, UNPLACED, Tables, places_text

NAME = "mart_indicators_plausibility"
UNIT_FACTOR = 5.0  # a regional figure of 100 or more that changes by more than this is no news but a fault (thousands, a part)
UNIT_SMALLEST = 100
COPY_CELLS = 12  # as many equal non-zero counts in a row of two periods are a copy: chance gives it less than once in 10^8


def build_suite(tables: Tables) -> Suite:
    """Expectations about the newest figures against past, copy and clock."""
    known = tables.indicators.filter(pl.col("state").is_in(KNOWN_STATES), ~pl.col("area_code").is_in(UNPLACED))
    finest = finest_grain(known.filter(pl.col("numerator").is_not_null(), ~pl.col("is_repeated").fill_null(value=False)))
    series = tables.with_area_names(_scored(finest))
    parts = (
        Part("series", "Nieuwste cijfers tegenover hun verleden", series, (_in_line_with_past(series.height), _same_unit_as_past())),
        Part("copies", "Gekopieerde perioden", _copies(finest), (_not_a_copy(),)),
        Part("clock", "Perioden en de klok", _clock(known, tables), (_period_has_begun(),)),
    )
    return Suite(NAME, "Indicatoren: plausibiliteit", parts)


def _scored(finest: pl.DataFrame) -> pl.DataFrame:
    """One row per series (totals of every area, breakdowns of the region): its score, or its factor where that is absurd."""
    is_total = (pl.col("dimension_1") == "totaal") & (pl.col("dimension_2") == "totaal")
    facts = finest.select("indicator_id", "name", "person_related", "delivery", "partner").unique()
    scored = score_newest(finest.filter(is_total | (pl.col("area_level") == "regio"))).join(facts, on="indicator_id")
    judged = (pl.col("area_level") == "regio") & (pl.max_horizontal("newest", "usual") >= UNIT_SMALLEST) & (pl.col("dimension_1") == "totaal")
    size = pl.when(judged).then(pl.max_horizontal(pl.col("newest") / pl.col("usual"), pl.col("usual") / pl.col("newest")))
    # What comes in groups (people at a training) may well be so much more for once: it must be surprising too.
    size = pl.when(pl.col("score").abs() > surprise_bound(scored.height)).then(size)
    absurd = size > UNIT_FACTOR
    # A series that is told as absurd is not told once more as surprising: its score is left empty, and empty is not judged.
    return scored.with_columns(
        size.fill_nan(None).alias("size_change"), pl.when(absurd.fill_null(value=False)).then(None).otherwise(pl.col("score")).alias("score")
    ).drop("newest", "usual", "factor")


def _copies(finest: pl.DataFrame) -> pl.DataFrame:
    """One row per person-related indicator: share of non-zero cells that equal the period before, where there are enough."""
    cell = ["indicator_id", "area_level", "area_code", "dimension_1", "category_1", "dimension_2", "category_2"]
    rank = pl.col("period").rank("dense", descending=True).over("indicator_id")
    # Only the level with most cells: a sum repeats what its parts say.
    level = pl.len().over("indicator_id", "area_level")
    rows = (
        finest.filter(pl.col("person_related"))
        .with_columns(rank.alias("age"), level.alias("cells"))
        .filter(pl.col("cells") == pl.col("cells").max().over("indicator_id"))
    )
    before = rows.filter(pl.col("age") == 2).select(*cell, pl.col("numerator").alias("before"))
    both = rows.filter(pl.col("age") == 1).join(before, on=cell).filter((pl.col("numerator") > 0) | (pl.col("before") > 0))
    return (
        both.group_by("indicator_id", "name", "delivery", "partner", "period")
        .agg((pl.col("numerator") == pl.col("before")).mean().alias("equal_share"), pl.len().alias("cells"))
        .filter(pl.col("cells") >= COPY_CELLS)
        .sort("indicator_id")
    )


def _clock(known: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """One row per indicator and newest period: days since the period began (below 0: it has not begun)."""
    newest = known.group_by("indicator_id", "name", "delivery", "partner", "period_grain").agg(pl.col("period").max())
    quarter = pl.col("period").str.extract(r"Q([1-4])$").cast(pl.Int64) * 3 - 2
    august = pl.when(pl.col("period_grain") == "schooljaar").then(8)
    month = pl.coalesce(quarter, pl.col("period").str.extract(r"-(\d\d)$").cast(pl.Int64), august, pl.lit(1))
    begin = pl.date(pl.col("period").str.slice(0, 4).cast(pl.Int64), month, 1)
    return newest.with_columns((pl.lit(tables.today) - begin).dt.total_days().alias("days_since_begin")).sort("indicator_id", "period")


def _in_line_with_past(series: int) -> Check:
    bound = surprise_bound(series)

    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        region = [other for other in rows if other["area_level"] == "regio"]
        tellable = region or ([] if row["person_related"] else rows)
        directions = {other["score"] > 0 for other in tellable}
        how = "" if len(directions) != 1 else " hoger" if True in directions else " lager"
        verb = f"veel{how} dan" if how else "heel anders dan"
        others = len(rows) - len(region)
        where = places_text(rows)
        if row["person_related"] and region and others:  # the direction is told of the region only, so no other area is named beside it
            where = f"{places_text(region)} en {number_text(others)} {'reeks' if others == 1 else 'reeksen'} daarbinnen"
        return (
            f"‘{row['name']}’ is over {period_text(row['period'])} {verb} eerdere perioden laten verwachten ({where}): "
            f"vraag {row['partner']} of de levering compleet is en wat er veranderde."
        )

    return Check(
        id="figures_in_line_with_past",
        severity="waarschuwing",
        dimension="plausibiliteit",
        description="Elk nieuwste cijfer ligt zo weinig standaardafwijkingen van zijn verleden als toeval en seizoen toelaten.",
        expect=Between("score", -bound, bound),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _same_unit_as_past() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"‘{row['name']}’ wijkt over {period_text(row['period'])} meer dan een factor {number_text(UNIT_FACTOR)} af van wat gebruikelijk is "
            f"({places_text(rows)}): waarschijnlijk een andere eenheid of een deel van de levering; vraag na bij {row['partner']} vóór publicatie."
        )

    return Check(
        id="regional_total_of_usual_size",
        severity="fout",
        dimension="juistheid",
        description=f"Een regionaal totaal van ten minste {UNIT_SMALLEST} verandert niet met meer dan een factor {number_text(UNIT_FACTOR)}.",
        expect=Between("size_change", maximum=UNIT_FACTOR),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _not_a_copy() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"‘{row['name']}’ is over {period_text(row['period'])} in alle gebieden gelijk aan de periode ervoor: "
            f"waarschijnlijk is het vorige bestand opnieuw gestuurd; vraag na bij {row['partner']}."
        )

    return Check(
        id="period_is_no_copy",
        severity="waarschuwing",
        dimension="uniciteit",
        description="De nieuwste periode is geen kopie van de periode ervoor.",
        expect=Between("equal_share", maximum=0.99),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _period_has_begun() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return f"‘{row['name']}’ heeft cijfers over {period_text(row['period'])}, een periode die nog moet beginnen: vraag na bij {row['partner']}."

    return Check(
        id="periods_have_begun",
        severity="fout",
        dimension="tijdigheid",
        description="Geen cijfer gaat over een periode die nog moet beginnen.",
        expect=Between("days_since_begin", minimum=0),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )
