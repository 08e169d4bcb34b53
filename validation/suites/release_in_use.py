"""The release in use beside the marts: figures that vanished, and final ones that are suddenly others.

Only cells that the release in use shows with a number are judged, so that nothing is told of what it withholds; a sentence
names indicator, areas and periods and no figure, for the new one is not protected yet.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import level_text, number_text, percentage_text, period_text
from validation.plausibility import finest_grain
from validation.tables import KEY, KNOWN_STATES, Tables, places_text

NAME = "release_in_use"
MOST_VANISHED = 0.2  # of an indicator's published figures: more is no area or period that fell away but a delivery that did
MOST_CHANGED = 0.1  # of a final figure; a late record or two is less
SMALLEST_CHANGE = 5.0  # in counts: a smaller step of a small figure is one late record


def build_suite(tables: Tables) -> Suite:
    """Expectations of the newest marts beside the professional values of the release in use; without one there are no rows."""
    both = _beside(tables)
    parts = (
        Part("vanished", "Verdwenen cijfers", _vanished(both), (_indicator_stays(),)),
        Part("areas", "Verdwenen gebieden en perioden", tables.with_area_names(_vanished_areas(both)), (_area_stays(),)),
        Part("changed", "Veranderde definitieve cijfers", tables.with_area_names(_changed(both)), (_final_stays(),)),
    )
    return Suite(NAME, "Verschil met de vorige release", parts)


def _beside(tables: Tables) -> pl.DataFrame:
    """One row per cell that the release in use shows with a number: its state and numbers there (`told_`), and now."""
    now = tables.recent_mart.select(*KEY, "state", "value", "numerator")
    told = tables.recent_release.filter(pl.col("state").is_in(KNOWN_STATES), pl.col("value").is_not_null())
    told = told.select(*KEY, pl.col("state").alias("told_state"), pl.col("value").alias("told_value"), pl.col("numerator").alias("told_numerator"))
    facts = tables.facts.select("indicator_id", "name", "delivery", "partner")
    is_known = pl.col("state").is_in(KNOWN_STATES).fill_null(value=False)
    # An indicator that left the catalogue was taken out by a steward, and periods before the first one there is now fell away at the
    # end of their bewaartermijn: no delivery is at fault.
    begins = now.filter(pl.col("state").is_in(KNOWN_STATES)).group_by("indicator_id", "period_grain").agg(pl.col("period").min().alias("begins"))
    both = told.join(facts, on="indicator_id").join(now, on=list(KEY), how="left").join(begins, on=["indicator_id", "period_grain"], how="left")
    return both.filter((pl.col("period") >= pl.col("begins")).fill_null(value=True)).with_columns((~is_known).alias("is_gone")).drop("begins")


def _vanished(both: pl.DataFrame) -> pl.DataFrame:
    """One row per indicator: which share of its published figures has none now."""
    shares = both.group_by("indicator_id", "name", "delivery", "partner").agg(pl.col("is_gone").mean().alias("vanished_share"))
    return shares.sort("indicator_id")


def _vanished_areas(both: pl.DataFrame) -> pl.DataFrame:
    """One row per indicator and area whose total was published (of the finest grain): how many of its periods have no figure now, and which
    (`gone`, joined by `|`). Not a row per period: of all gemeenten of the country those are more than Great Expectations is given.

    Indicators of which much vanished are told once, by the check of the whole.
    """
    few = pl.col("is_gone").mean().over("indicator_id") <= MOST_VANISHED
    totals = finest_grain(both.filter(few, pl.col("dimension_1") == "totaal", pl.col("dimension_2") == "totaal"))
    gone = pl.col("period").filter("is_gone")
    areas = totals.group_by(*KEY[:3], "name", "delivery", "partner").agg(gone.len().alias("gone_periods"), gone.sort().str.join("|").alias("gone"))
    return areas.sort("indicator_id", "area_level", "area_code")


def _changed(both: pl.DataFrame) -> pl.DataFrame:
    """One row per final figure (no longer voorlopig) of the finest grain that is another now: how much it changed, as a share of what was published."""
    final = finest_grain(both.filter(pl.col("told_state").is_in(["waarde", "nihil"]), ~pl.col("is_gone")))
    step = (pl.col("value") - pl.col("told_value")).abs()
    counted = (pl.col("numerator") - pl.col("told_numerator")).abs()
    larger = pl.max_horizontal(pl.col("told_value").abs(), pl.col("value").abs())
    share = pl.when(larger > 0).then(step / larger).otherwise(0.0)
    # A count that takes few more cases is a late record; a figure without a count (a survey) is judged by its share alone.
    change = pl.when(counted < SMALLEST_CHANGE).then(0.0).otherwise(share)
    return final.filter(step > 0).select(*KEY, "name", "delivery", "partner", change.alias("change_share"))


def _indicator_stays() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"‘{row['name']}’: meer dan {percentage_text(MOST_VANISHED)} van de cijfers in de gepubliceerde release zou verdwijnen: "
            f"waarschijnlijk ontbreekt een levering of is zij leeg; vraag na bij {row['partner']} vóór publicatie."
        )

    return Check(
        id="published_figures_stay",
        severity="fout",
        dimension="volledigheid",
        description=f"Van elke indicator blijft ten minste {percentage_text(1 - MOST_VANISHED)} van de gepubliceerde cijfers staan.",
        expect=Between("vanished_share", maximum=MOST_VANISHED),
        sentence=sentence,
        subject=("indicator_id",),
    )


def _area_stays() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row, periods = rows[0], sorted({period for row in rows for period in row["gone"].split("|")})
        when = period_text(periods[0]) if len(periods) == 1 else f"{number_text(len(periods))} perioden"
        return (
            f"‘{row['name']}’: over {when} verdwijnen gepubliceerde cijfers van {level_text(row['area_level'], len({row['area_code'] for row in rows}))} "
            f"({places_text(rows)}): vraag na bij {row['partner']}."
        )

    return Check(
        id="published_areas_stay",
        severity="waarschuwing",
        dimension="volledigheid",
        description="Wat van een gebied en periode gepubliceerd is, heeft nog steeds een cijfer.",
        expect=Between("gone_periods", maximum=0),
        sentence=sentence,
        subject=("indicator_id", "area_level"),
    )


def _final_stays() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row, periods = rows[0], sorted({row["period"] for row in rows})
        when = period_text(periods[0]) if len(periods) == 1 else f"{number_text(len(periods))} perioden"
        return (
            f"‘{row['name']}’: definitieve cijfers over {when} veranderen met meer dan {percentage_text(MOST_CHANGED)} ({places_text(rows)}): "
            f"vraag {row['partner']} waarom een afgesloten periode opnieuw geleverd is."
        )

    return Check(
        id="final_figures_stay",
        severity="waarschuwing",
        dimension="consistentie",
        description=f"Een definitief gepubliceerd cijfer verandert met hoogstens {percentage_text(MOST_CHANGED)} (en enkele gevallen).",
        expect=Between("change_share", maximum=MOST_CHANGED),
        sentence=sentence,
        subject=("indicator_id",),
    )
