"""Sources beside each other: does what one partner says of a subject keep its ratio to what another says, and the population to CBS?

Sentences name the sources and the period and no figure.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validation.checks import Between, Check, Part, Row, Suite
from validation.dutch import period_text
from validation.mixture import score_mixture
from validation.plausibility import surprise_bound
from validation.tables import Tables

NAME = "mart_sources"
POPULATION_STEP = 0.015  # the region never grew in one year by so much more or less than in its other years
FEWEST_YEARS = 3
FEWEST_AREAS = 5  # a gemeente has the same number of inhabitants twice about once in 200 years; five of them together do not


def build_suite(tables: Tables) -> Suite:
    """Expectations about figures of several partners together."""
    ratios = _ratios(tables)
    parts = (
        Part("ratios", "Verhouding tussen bronnen", ratios, (_ratio_steady(ratios.height),)),
        Part("population", "Bevolking van de regio", _population(tables), (_population_grows_evenly(),)),
        Part("population_years", "Bevolking per gemeente", _population_years(tables), (_population_is_of_its_year(),)),
    )
    return Suite(NAME, "Bronnen naast elkaar", parts)


def _ratios(tables: Tables) -> pl.DataFrame:
    """One row per statement of a partner (by quarter) beside the first one of its subject: how surprising their ratio is now.

    The partner is the one of the statement; `first` and `other` are the two statements in words.
    """
    quarters = tables.cross_sources.filter(pl.col("period_grain") == "kwartaal", pl.col("counted").is_not_null())
    firsts = quarters.filter(pl.col("statement_rank") == 1).select(
        "onderwerp", "period_grain", "period", pl.col("uitspraak").alias("first"), pl.col("counted").alias("first_counted")
    )
    pairs = quarters.filter(pl.col("statement_rank") > 1).join(firsts, on=["onderwerp", "period_grain", "period"]).rename({"uitspraak": "other"})
    here = ["onderwerp", "indicator_id", "first", "other"]
    both = [
        pairs.select(*here, "period_grain", "period", pl.lit(part).alias("part"), pl.col(column).cast(pl.Float64).alias("numerator"))
        for part, column in (("first", "first_counted"), ("other", "counted"))
    ]
    facts = tables.facts.select("indicator_id", "delivery", "partner")
    return score_mixture(pl.concat(both), here).drop("worst", "worst_is_more").join(facts, on="indicator_id", how="left").sort(here)


def _inhabitants(tables: Tables, level: str) -> pl.DataFrame:
    """Rows of indicators per inhabitants (CBS) by year, in areas of a level: indicator_id, name, area_code, period, denominator, delivery, partner."""
    inhabitants = tables.indicators.filter(
        pl.col("area_level") == level, pl.col("period_grain") == "jaar", pl.col("per") >= 1000, pl.col("denominator") > 0, pl.col("dimension_1") == "totaal"
    )
    cbs = [pl.lit("cbs_bevolking").alias("delivery"), pl.lit(tables.partner_of("cbs_bevolking"), dtype=pl.String).alias("partner")]
    others = inhabitants.filter(pl.col("delivery") != "leerplicht_verzuim")  # that one divides by pupils
    return others.select("indicator_id", "name", "area_code", "period", "denominator", *cbs)


def _population(tables: Tables) -> pl.DataFrame:
    """One row per year: by how much more or less than in its other years the region's population changed, in the indicator per
    inhabitants with the longest past (all divide by the same)."""
    region = _inhabitants(tables, "regio")
    change = (pl.col("denominator") / pl.col("denominator").shift(1).over("indicator_id", order_by="period") - 1).alias("change")
    years = region.with_columns(change, pl.len().over("indicator_id").alias("years")).filter(pl.col("years") > FEWEST_YEARS, pl.col("change").is_not_null())
    step = (pl.col("change") - pl.col("change").median().over("indicator_id")).abs().alias("step")
    return years.with_columns(step).select("indicator_id", "name", "period", "delivery", "partner", "step").sort("indicator_id", "period")


def _population_years(tables: Tables) -> pl.DataFrame:
    """One row per indicator per inhabitants and year: how many earlier years have the same inhabitants in every gemeente, and the newest of them."""
    here = ["indicator_id", "name", "delivery", "partner"]
    each = pl.struct("area_code", "denominator").hash(seed=0)
    years = _inhabitants(tables, "gemeente").group_by(*here, "period").agg(each.sum().alias("signature"), pl.len().alias("areas"))
    years = years.filter(pl.col("areas") >= FEWEST_AREAS)
    earlier = years.select("indicator_id", "signature", pl.col("period").alias("twin"))
    twins = years.join(earlier, on=["indicator_id", "signature"]).filter(pl.col("twin") < pl.col("period"))
    counted = twins.group_by("indicator_id", "period").agg(pl.len().cast(pl.Int64).alias("twins"), pl.col("twin").max())
    frame = years.join(counted, on=["indicator_id", "period"], how="left").with_columns(pl.col("twins").fill_null(0))
    return frame.select(*here, "period", "twins", "twin").sort("indicator_id", "period")


def _ratio_steady(pairs: int) -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"Over {period_text(row['period'])} is de verhouding tussen ‘{row['other']}’ en ‘{row['first']}’ heel anders dan eerder: "
            f"vraag {row['partner']} en de partner van de andere bron wat er veranderde."
        )

    return Check(
        id="sources_keep_their_ratio",
        severity="waarschuwing",
        dimension="consistentie",
        description="Wat partners over hetzelfde onderwerp zeggen, houdt zijn gewone verhouding (toeval meegerekend).",
        expect=Between("score", maximum=surprise_bound(pairs)),
        sentence=sentence,
        subject=("indicator_id", "period"),
    )


def _population_grows_evenly() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"De bevolking van de regio in {period_text(row['period'])} past niet bij die van andere jaren: "
            f"staat er een ander jaar of een ander gebied? Vraag na bij {row['partner']}."
        )

    return Check(
        id="population_grows_evenly",
        severity="waarschuwing",
        dimension="consistentie",
        description="De bevolking van de regio groeit elk jaar ongeveer evenveel.",
        expect=Between("step", maximum=POPULATION_STEP),
        sentence=sentence,
        subject=("delivery", "period"),
    )


def _population_is_of_its_year() -> Check:
    def sentence(rows: Sequence[Row]) -> str:
        row = rows[0]
        return (
            f"De bevolking per gemeente in {period_text(row['period'])} is overal gelijk aan die in {period_text(row['twin'])}: "
            f"staat er een ander jaar, of kwam dit jaar nog niet? Vraag na bij {row['partner']}."
        )

    return Check(
        id="population_is_of_its_year",
        severity="waarschuwing",
        dimension="consistentie",
        description="De bevolking per gemeente is niet die van een ander jaar.",
        expect=Between("twins", maximum=0),
        sentence=sentence,
        subject=("delivery", "period"),
    )
