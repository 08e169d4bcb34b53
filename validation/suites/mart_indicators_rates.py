"""mart_indicators, rates: can these rates be true, given what they measure, their region and their population?

Sentences name indicator, area and period and no figure: the mart is judged before disclosure control.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import number_text, period_text
from validation.plausibility import finest_grain
from validation.tables import KNOWN_STATES, UNPLACED, Tables, places_text

NAME = "mart_indicators_rates"
REGION_FACTOR = 8.0  # an area whose rate lies further from the region's has another unit or another population
REGION_SMALLEST = 20  # expected count below which chance alone can reach that factor
SURVEY_FACTOR = 2.0  # no survey of thousands of people moved so much in two years; another unit moves it a hundredfold
POPULATION_CHANGE = 0.10  # no gemeente grew or shrank by a tenth in a year without a merger

WHERE = ["indicator_id", "area_level", "area_code", "period_grain", "period"]


def build_suite(tables: Tables) -> Suite:
    """Expectations about rates and shares, and about the populations under them."""
    known = tables.indicators.filter(pl.col("state").is_in(KNOWN_STATES), ~pl.col("area_code").is_in(UNPLACED))
    parts = (
        Part("rates", "Verhoudingscijfers", tables.with_area_names(_rates(known)), (_rate_possible(),)),
        Part("areas", "Gebieden naast de regio", tables.with_area_names(_areas(known)), (_rate_near_region(),)),
        Part("surveys", "Uitkomsten van enquêtes", _surveys(known), (_survey_steady(),)),
        Part("population", "Noemers", tables.with_area_names(_population(known, tables)), (_population_steady(),)),
    )
    return Suite(NAME, "Indicatoren: verhoudingscijfers en noemers", parts)


def _rates(known: pl.DataFrame) -> pl.DataFrame:
    """One row per cell with a rate in the newest period of its indicator: the value as a share of the most that is possible.

    Not a mean (per 1), nor a ratio of two flows of which the one is no part of the other (a share with a Poisson interval).
    """
    is_bounded = (pl.col("per") > 1) & ~((pl.col("per") == 100) & (pl.col("interval_kind") == "poisson").fill_null(value=False))
    rates = finest_grain(known.filter(is_bounded, pl.col("value").is_not_null(), pl.col("dimension_2") == "totaal"))
    newest = rates.filter(pl.col("period") == pl.col("period").max().over("indicator_id"))
    return newest.select(*WHERE, "name", "delivery", "partner", (pl.col("value") / pl.col("per")).alias("share_of_possible"))


def _areas(known: pl.DataFrame) -> pl.DataFrame:
    """One row per area of an indicator per inhabitants: over all periods together, how many times its rate differs from
    the region's (1 = equal). All periods: a single odd one is for the plausibility of the newest figures to tell."""
    totals = finest_grain(known.filter(pl.col("per") >= 1000, pl.col("denominator") > 0, pl.col("dimension_1") == "totaal", pl.col("dimension_2") == "totaal"))
    here = ["indicator_id", "area_level", "area_code", "name", "delivery", "partner"]
    sums = totals.group_by(here).agg(pl.col("numerator", "denominator").sum(), pl.col("period").max())
    region = sums.filter(pl.col("area_level") == "regio").select("indicator_id", (pl.col("numerator") / pl.col("denominator")).alias("region_rate"))
    usual = pl.col("region_rate") * pl.col("denominator")
    larger = pl.max_horizontal(pl.col("numerator") / usual, usual / (pl.col("numerator") + 1))
    judged = sums.join(region, on="indicator_id").with_columns(pl.when(usual >= REGION_SMALLEST).then(larger).alias("times_region"))
    return judged.select(*here, "period", "times_region").sort("indicator_id", "area_level", "area_code")


def _surveys(known: pl.DataFrame) -> pl.DataFrame:
    """One row per figure of the region that rests on no count (a survey) in its newest period: how many times it differs from the one before."""
    measured = known.filter(pl.col("numerator").is_null(), pl.col("value").is_not_null(), pl.col("area_level") == "regio")
    here = ["indicator_id", "area_level", "area_code", "period_grain", "dimension_1", "category_1"]
    before = pl.col("value").shift(1).over(here, order_by="period")
    times = pl.max_horizontal(pl.col("value") / before, before / pl.col("value"))
    newest = measured.with_columns(times.alias("times_before")).filter(pl.col("period") == pl.col("period").max().over("indicator_id"))
    return newest.select(*WHERE, "name", "delivery", "partner", "times_before").sort(WHERE)


def _population(known: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """One row per area and period of indicators per inhabitants: how much the denominator changed since the period before."""
    here = ["indicator_id", "area_level", "area_code", "period_grain"]
    rows = finest_grain(known.filter(pl.col("per") >= 1000, pl.col("denominator") > 0, pl.col("dimension_1") == "totaal", pl.col("dimension_2") == "totaal"))
    # All levels are sums of gemeenten or teams: the lowest level of an indicator tells the cause once.
    depth = pl.col("area_level").replace_strict({"gemeente": 0, "basisteam": 0, "district": 1, "abc": 2, "zorgregio": 3}, default=4, return_dtype=pl.Int8)
    change = (pl.col("denominator") / pl.col("denominator").shift(1).over(here, order_by="period") - 1).abs()
    partner = tables.partner_of("cbs_bevolking")
    return (
        rows.filter(depth == depth.min().over("indicator_id"))
        .with_columns(change.alias("population_change"), pl.lit("cbs_bevolking").alias("delivery"), pl.lit(partner, dtype=pl.String).alias("partner"))
        .filter(pl.col("population_change").is_not_null())
        .select(*WHERE, "name", "delivery", "partner", "population_change")
    )


def _rate_possible() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"‘{row['name']}’ heeft over {period_text(row['period'])} een onmogelijke waarde (onder 0 of groter dan het geheel; {places_text(rows)}): "
            f"teller of noemer klopt niet; vraag na bij {row['partner']}."
        )

    return Check(
        id="rates_possible",
        severity="fout",
        dimension="juistheid",
        description="Een verhoudingscijfer is niet negatief en niet groter dan het geheel.",
        expect=Between("share_of_possible", 0, 1),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _rate_near_region() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"‘{row['name']}’ wijkt tot en met {period_text(row['period'])} meer dan een factor {number_text(REGION_FACTOR)} af van het cijfer van de regio "
            f"({places_text(rows)}): controleer eenheid, gebied en bevolking; vraag na bij {row['partner']}."
        )

    return Check(
        id="rates_near_region",
        severity="waarschuwing",
        dimension="plausibiliteit",
        description=f"Geen gebied wijkt meer dan een factor {number_text(REGION_FACTOR)} af van de regio (bij een verwachting van {REGION_SMALLEST} of meer).",
        expect=Between("times_region", maximum=REGION_FACTOR),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _population_steady() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"De noemer van ‘{row['name']}’ verandert in {period_text(row['period'])} met meer dan {number_text(100 * POPULATION_CHANGE)}% "
            f"({places_text(rows)}): een herindeling, of bevolking van een ander jaar; vraag na bij {row['partner']}."
        )

    return Check(
        id="population_steady",
        severity="waarschuwing",
        dimension="consistentie",
        description=f"Een noemer verandert tussen twee perioden met hoogstens {number_text(100 * POPULATION_CHANGE)}%.",
        expect=Between("population_change", maximum=POPULATION_CHANGE),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _survey_steady() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"‘{row['name']}’ verschilt in {period_text(row['period'])} meer dan een factor {number_text(SURVEY_FACTOR)} van de meting ervoor: "
            f"een andere eenheid, of een andere vraag? Vraag na bij {row['partner']}."
        )

    return Check(
        id="survey_in_line_with_past",
        severity="waarschuwing",
        dimension="plausibiliteit",
        description=f"Een uitkomst van een enquête in de regio verandert met hoogstens een factor {number_text(SURVEY_FACTOR)}.",
        expect=Between("times_before", maximum=SURVEY_FACTOR),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )
