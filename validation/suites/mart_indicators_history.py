"""mart_indicators, history: does an earlier period, which may be delivered anew at any time, still fit between its neighbours?

Sentences name indicator, area and periods and no figure, and not even a direction below the region.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import list_text, period_text
from validation.plausibility import finest_grain, score_between_neighbours, surprise_bound
from validation.tables import KNOWN_STATES, UNPLACED, Tables, places_text

NAME = "mart_indicators_history"
AREA = ["indicator_id", "area_level", "area_code"]
CERTAIN = 20  # usual count from which on a gap is no `<5` of a partner that hides small counts


def build_suite(tables: Tables) -> Suite:
    """Expectations about every period before the newest."""
    judged, oddest = _jumps(_totals(tables))
    parts = (
        Part("jumps", "Eerdere perioden tussen hun buren", tables.with_area_names(oddest), (_no_jump(judged),)),
        Part("holes", "Eerdere perioden waarin een gebied ontbreekt", tables.with_area_names(_holes(tables)), (_no_hole(),)),
    )
    return Suite(NAME, "Indicatoren: eerdere perioden", parts)


def _totals(tables: Tables) -> pl.DataFrame:
    """Known totals of areas; of a delivery that no indicator counts, the numerators of its shares."""
    known = tables.indicators.filter(pl.col("state").is_in(KNOWN_STATES), pl.col("numerator").is_not_null(), pl.col("is_sum").fill_null(value=True))
    chosen = pl.concat([tables.counts, known.join(tables.counts.select("delivery").unique(), on="delivery", how="anti")])
    return chosen.filter(pl.col("dimension_1") == "totaal", pl.col("dimension_2") == "totaal", ~pl.col("area_code").is_in(UNPLACED))


def _jumps(totals: pl.DataFrame) -> tuple[int, pl.DataFrame]:
    """How many figures were judged; and one row per series with its oddest earlier period: `score` in standard deviations, signed."""
    facts = totals.select("indicator_id", "name", "person_related", "delivery", "partner").unique()
    scored = score_between_neighbours(totals)
    oddest = scored.sort(pl.col("score").abs()).group_by(*AREA, "period_grain").last().join(facts, on="indicator_id")
    return scored.height, oddest.sort(*AREA, "period_grain")


def _holes(tables: Tables) -> pl.DataFrame:
    """One row per area of an indicator: the periods between its first and its last figure in which it alone has none (the
    indicator has figures of other areas of that level there)."""
    totals = tables.indicators.filter(pl.col("dimension_1") == "totaal", pl.col("dimension_2") == "totaal", ~pl.col("area_code").is_in(UNPLACED))
    finest = finest_grain(totals)
    answered = finest.filter(pl.col("state").is_in((*KNOWN_STATES, "nvt")))
    known = answered.filter(pl.col("state").is_in(KNOWN_STATES))
    # A level of which half the areas have a figure in a period was delivered for that period.
    large = known.filter((pl.col("numerator").median().over(AREA) >= CERTAIN) | ~pl.col("person_related"))
    level = known.group_by("indicator_id", "area_level", "period").agg(pl.len().alias("here"))
    level = level.join(known.group_by("indicator_id", "area_level").agg(pl.col("area_code").n_unique().alias("areas")), on=["indicator_id", "area_level"])
    delivered = level.filter(pl.col("here") * 2 >= pl.col("areas"), pl.col("areas") > 1).select("indicator_id", "area_level", "period")
    span = large.group_by(*AREA, "name", "delivery", "partner").agg(pl.col("period").min().alias("first"), pl.col("period").max().alias("last"))
    expected = span.join(delivered, on=["indicator_id", "area_level"]).filter(pl.col("period") > pl.col("first"), pl.col("period") < pl.col("last"))
    missing = expected.join(answered.select(*AREA, "period"), on=[*AREA, "period"], how="anti")
    holes = missing.group_by(AREA).agg(pl.len().cast(pl.Int64).alias("holes"), pl.col("period").min(), pl.col("period").unique().sort().alias("periods"))
    frame = span.drop("first", "last").join(holes, on=AREA, how="left").with_columns(pl.col("holes").fill_null(0), pl.col("periods").fill_null([]))
    return frame.with_columns(pl.col("periods").list.join(" ")).sort(AREA)


def _no_jump(figures: int) -> Check:
    bound = surprise_bound(figures)

    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        when = list_text(list(dict.fromkeys(period_text(other["period"]) for other in sorted(rows, key=lambda other: other["period"]))))
        return (
            f"‘{row['name']}’ springt in {when} uit de rij en keert daarna terug ({places_text(rows)}): "
            f"vraag {row['partner']} of die periode opnieuw en volledig geleverd is."
        )

    return Check(
        id="history_without_jumps",
        severity="waarschuwing",
        dimension="plausibiliteit",
        description="Geen eerdere periode wijkt af van zowel de perioden ervoor als die erna (toeval en seizoen meegerekend).",
        expect=Between("score", -bound, bound),
        sentence=sentence,
        subject=("indicator_id",),
    )


def _no_hole() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        when = list_text([period_text(period) for period in sorted({period for other in rows for period in other["periods"].split()})])
        return f"‘{row['name']}’: in {when} ontbreekt een cijfer dat ervoor en erna wel geleverd is ({places_text(rows)}): vraag na bij {row['partner']}."

    return Check(
        id="areas_without_gap",
        severity="waarschuwing",
        dimension="volledigheid",
        description="Tussen het eerste en het laatste cijfer van een gebied ontbreekt geen periode die van andere gebieden wel geleverd is.",
        expect=Between("holes", maximum=0),
        sentence=sentence,
        subject=("indicator_id", "area_level"),
    )
