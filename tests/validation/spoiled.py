"""The good frames spoiled in every way that a check about deliveries, presence, newest figures and rates is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from tests.validation import frames as given

Spoil = Callable[[], dict[str, Any]]


def mart(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Spoil:
    """The good mart, changed."""
    return lambda: {"mart_indicators": change(given.good_mart())}


def count(indicator: str, period: str, change: pl.Expr, where: pl.Expr | None = None) -> Spoil:
    """The good mart with other counts in one period of one indicator."""
    condition = (pl.col("indicator_id") == indicator) & (pl.col("period") == period) & (pl.lit(value=True) if where is None else where)
    return mart(lambda mart: given.with_numerator(mart, condition, change))


def delivery(delivery: str, **values: Any) -> Spoil:
    """The good table of deliveries with other values for one."""

    def spoil() -> dict[str, Any]:
        columns = [pl.when(pl.col("delivery") == delivery).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in values.items()]
        return {"leveringen": given.deliveries().with_columns(columns)}

    return spoil


def _copied_month(mart: pl.DataFrame) -> pl.DataFrame:
    online = pl.col("indicator_id") == "oc_registraties"
    before = mart.filter(online & (pl.col("period") == "2026-09")).with_columns(pl.lit("2026-10").alias("period"))
    return pl.concat([mart.filter(~(online & (pl.col("period") == "2026-10"))), before])


def _moved_to_unknown(mart: pl.DataFrame) -> pl.DataFrame:
    here = (pl.col("indicator_id") == "mh_slachtoffers") & pl.col("period").str.starts_with("2026")
    return given.with_numerator(mart, here & (pl.col("area_code") == "onbekend"), pl.col("numerator") + 40)


def _larger_population(mart: pl.DataFrame) -> pl.DataFrame:
    here = (pl.col("indicator_id") == "alg_misdrijven") & (pl.col("area_code") == "GM0503") & (pl.col("period") == "2023")
    return mart.with_columns(pl.when(here).then(pl.col("denominator") * 1.4).otherwise(pl.col("denominator")).alias("denominator"))


def _shifted_to_the_future(mart: pl.DataFrame) -> pl.DataFrame:
    return mart.with_columns(pl.col("period").replace({"2026-10": "2026-12", "2026-09": "2026-11", "2026-08": "2026-10"}))


def is_(**values: str) -> pl.Expr:
    """Rows with these values."""
    return pl.all_horizontal([pl.col(name) == value for name, value in values.items()])


# fault: how the good frames are spoiled, then check id, severity, dimension and partner of the finding
OF_TODAY: dict[str, tuple[Spoil, str, str, str, str | None]] = {
    "a delivery that never came": (delivery("comensha_slachtoffers", status="ontbreekt"), "delivery_present", "waarschuwing", "volledigheid", "CoMensha"),
    "a late delivery": (delivery("cbs_bevolking", status="te laat"), "delivery_on_time", "waarschuwing", "tijdigheid", "CBS"),
    "a row in quarantine": (delivery("comensha_slachtoffers", rows_quarantined=1), "delivery_without_quarantine", "let op", "juistheid", "CoMensha"),
    "a newest file unlike those before": (
        delivery("comensha_slachtoffers", warnings=1, warning_text="het aantal rijen is veel lager dan in eerdere leveringen"),
        "delivery_without_drift",
        "let op",
        "plausibiliteit",
        "CoMensha",
    ),
    "a known error that was mended here": (
        delivery("cbs_bevolking", corrections=1, correction_text="2026, kolom 'inwoners', vervang: tikfout (toegepast)"),
        "delivery_without_corrections",
        "let op",
        "juistheid",
        "CBS",
    ),
    "a synthetic stand-in": (delivery("cbs_bevolking", origin="synthetic"), "delivery_not_synthetic", "let op", "juistheid", "CBS"),
    "an indicator without figures": (
        mart(lambda mart: mart.filter(pl.col("indicator_id") != "mh_slachtoffers")),
        "indicator_has_figures",
        "waarschuwing",
        "volledigheid",
        "CoMensha",
    ),
    "a gemeente that is missing": (
        mart(lambda mart: mart.filter(~is_(area_code="GM0503", period="2023"))),
        "areas_complete_in_newest_period",
        "waarschuwing",
        "volledigheid",
        "Politie (open data)",
    ),
    "a gemeente that was not delivered": (
        mart(
            lambda mart: mart.with_columns(pl.when(is_(area_code="GM0503", period="2023")).then(pl.lit("onbekend")).otherwise(pl.col("state")).alias("state"))
        ),
        "areas_complete_in_newest_period",
        "waarschuwing",
        "volledigheid",
        "Politie (open data)",
    ),
    "a quarter that was skipped": (
        mart(lambda mart: mart.filter(pl.col("period") != "2024Q2")),
        "periods_without_gap",
        "waarschuwing",
        "volledigheid",
        "CoMensha",
    ),
    "areas that became unknown": (mart(_moved_to_unknown), "area_of_persons_known", "waarschuwing", "volledigheid", "CoMensha"),
    "a halved month": (
        count("oc_registraties", "2026-10", (pl.col("numerator") * 0.5).round()),
        "figures_in_line_with_past",
        "waarschuwing",
        "plausibiliteit",
        "Politie, eenheid Den Haag",
    ),
    "a tripled quarter": (
        count("mh_slachtoffers", "2026Q3", pl.col("numerator") * 3),
        "figures_in_line_with_past",
        "waarschuwing",
        "plausibiliteit",
        "CoMensha",
    ),
    "a count in thousands": (
        count("oc_registraties", "2026-10", pl.col("numerator") / 1000),
        "regional_total_of_usual_size",
        "fout",
        "juistheid",
        "Politie, eenheid Den Haag",
    ),
    "more crimes than could be": (
        count("alg_misdrijven", "2023", pl.col("denominator") * 2, is_(area_code="GM0503")),
        "rates_possible",
        "fout",
        "juistheid",
        "Politie (open data)",
    ),
    "one gemeente that always counts in thousands": (
        mart(lambda mart: given.with_numerator(mart, is_(indicator_id="alg_misdrijven", area_code="GM0503"), pl.col("numerator") / 1000)),
        "rates_near_region",
        "waarschuwing",
        "plausibiliteit",
        "Politie (open data)",
    ),
    "the population of another area": (mart(_larger_population), "population_steady", "waarschuwing", "consistentie", "CBS"),
    "last month's file once more": (mart(_copied_month), "period_is_no_copy", "waarschuwing", "uniciteit", "Politie, eenheid Den Haag"),
    "months shifted into the future": (mart(_shifted_to_the_future), "periods_have_begun", "fout", "tijdigheid", "Politie, eenheid Den Haag"),
    "a total that is off by two": (
        lambda: {"mart_reconciliation": given.reconciliation(2)},
        "parts_equal_stated_total",
        "let op",
        "consistentie",
        "Politie (open data)",
    ),
}
