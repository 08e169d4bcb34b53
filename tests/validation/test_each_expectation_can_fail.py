"""Right data gives no finding; each planted fault gives its finding, with the severity, dimension and partner to ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.validation import frames as given
from validation.checks import Finding
from validation.runner import run_suites
from validation.suites import all_suites
from validation.summary import sorted_findings
from validation.tables import Tables

Spoil = Callable[[], dict[str, Any]]


def _mart(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Spoil:
    return lambda: {"mart_indicators": change(given.good_mart())}


def _count(indicator: str, period: str, change: pl.Expr, where: pl.Expr | None = None) -> Spoil:
    condition = (pl.col("indicator_id") == indicator) & (pl.col("period") == period) & (pl.lit(value=True) if where is None else where)
    return _mart(lambda mart: given.with_numerator(mart, condition, change))


def _delivery(delivery: str, **values: Any) -> Spoil:
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


def _is(**values: str) -> pl.Expr:
    return pl.all_horizontal([pl.col(name) == value for name, value in values.items()])


# fault: how the good frames are spoiled, then check id, severity, dimension and partner of the finding
FAULTS: dict[str, tuple[Spoil, str, str, str, str | None]] = {
    "a delivery that never came": (_delivery("comensha_slachtoffers", status="ontbreekt"), "delivery_present", "waarschuwing", "volledigheid", "CoMensha"),
    "a late delivery": (_delivery("cbs_bevolking", status="te laat"), "delivery_on_time", "waarschuwing", "tijdigheid", "CBS"),
    "a row in quarantine": (_delivery("comensha_slachtoffers", rows_quarantined=1), "delivery_without_quarantine", "let op", "juistheid", "CoMensha"),
    "a newest file unlike those before": (
        _delivery("comensha_slachtoffers", warnings=1, warning_text="het aantal rijen is veel lager dan in eerdere leveringen"),
        "delivery_without_drift",
        "let op",
        "plausibiliteit",
        "CoMensha",
    ),
    "a known error that was mended here": (
        _delivery("cbs_bevolking", corrections=1, correction_text="2026, kolom 'inwoners', vervang: tikfout (toegepast)"),
        "delivery_without_corrections",
        "let op",
        "juistheid",
        "CBS",
    ),
    "a synthetic stand-in": (_delivery("cbs_bevolking", origin="synthetic"), "delivery_not_synthetic", "let op", "juistheid", "CBS"),
    "an indicator without figures": (
        _mart(lambda mart: mart.filter(pl.col("indicator_id") != "mh_slachtoffers")),
        "indicator_has_figures",
        "waarschuwing",
        "volledigheid",
        "CoMensha",
    ),
    "a gemeente that is missing": (
        _mart(lambda mart: mart.filter(~_is(area_code="GM0503", period="2023"))),
        "areas_complete_in_newest_period",
        "waarschuwing",
        "volledigheid",
        "Politie (open data)",
    ),
    "a gemeente that was not delivered": (
        _mart(
            lambda mart: mart.with_columns(pl.when(_is(area_code="GM0503", period="2023")).then(pl.lit("onbekend")).otherwise(pl.col("state")).alias("state"))
        ),
        "areas_complete_in_newest_period",
        "waarschuwing",
        "volledigheid",
        "Politie (open data)",
    ),
    "a quarter that was skipped": (
        _mart(lambda mart: mart.filter(pl.col("period") != "2024Q2")),
        "periods_without_gap",
        "waarschuwing",
        "volledigheid",
        "CoMensha",
    ),
    "areas that became unknown": (_mart(_moved_to_unknown), "area_of_persons_known", "waarschuwing", "volledigheid", "CoMensha"),
    "a halved month": (
        _count("oc_registraties", "2026-10", (pl.col("numerator") * 0.5).round()),
        "figures_in_line_with_past",
        "waarschuwing",
        "plausibiliteit",
        "Politie, eenheid Den Haag",
    ),
    "a tripled quarter": (
        _count("mh_slachtoffers", "2026Q3", pl.col("numerator") * 3),
        "figures_in_line_with_past",
        "waarschuwing",
        "plausibiliteit",
        "CoMensha",
    ),
    "a count in thousands": (
        _count("oc_registraties", "2026-10", pl.col("numerator") / 1000),
        "regional_total_of_usual_size",
        "fout",
        "juistheid",
        "Politie, eenheid Den Haag",
    ),
    "more crimes than could be": (
        _count("alg_misdrijven", "2023", pl.col("denominator") * 2, _is(area_code="GM0503")),
        "rates_possible",
        "fout",
        "juistheid",
        "Politie (open data)",
    ),
    "one gemeente that always counts in thousands": (
        _mart(lambda mart: given.with_numerator(mart, _is(indicator_id="alg_misdrijven", area_code="GM0503"), pl.col("numerator") / 1000)),
        "rates_near_region",
        "waarschuwing",
        "plausibiliteit",
        "Politie (open data)",
    ),
    "the population of another area": (_mart(_larger_population), "population_steady", "waarschuwing", "consistentie", "CBS"),
    "last month's file once more": (_mart(_copied_month), "period_is_no_copy", "waarschuwing", "uniciteit", "Politie, eenheid Den Haag"),
    "months shifted into the future": (_mart(_shifted_to_the_future), "periods_have_begun", "fout", "tijdigheid", "Politie, eenheid Den Haag"),
    "a total that is off by two": (
        lambda: {"mart_reconciliation": given.reconciliation(2)},
        "parts_equal_stated_total",
        "let op",
        "consistentie",
        "Politie (open data)",
    ),
}


def judged(folder: Path, **changed: Any) -> list[Finding]:
    return sorted_findings(run_suites(given.good_frames(**changed), folder / "docs", given.catalogue(), given.NOW))


@pytest.mark.parametrize("seed", range(5))
def test_right_data_gives_no_finding(seed: int, tmp_path: Path) -> None:
    assert judged(tmp_path, seed=seed) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_gives_its_finding(fault: str, tmp_path: Path) -> None:
    spoil, check, severity, dimension, partner = FAULTS[fault]
    found = [finding for finding in judged(tmp_path, **spoil()) if finding.id.startswith(f"{check}:")]
    assert [(finding.severity, finding.dimension, finding.partner) for finding in found] == [(severity, dimension, partner)]
    assert found[0].sentence.endswith(".")
    assert found[0].rows >= 1


def test_every_expectation_is_shown_to_be_able_to_fail() -> None:
    tables = Tables(given.good_frames(), given.catalogue(), given.NOW.date())
    ids = {check.id for build in all_suites().values() for part in build(tables).parts for check in part.checks}
    assert ids == {check for _, check, *_ in FAULTS.values()}


def test_finding_ids_are_unique_and_stay_the_same(tmp_path: Path) -> None:
    spoiled = {"leveringen": given.deliveries().with_columns(pl.lit("te laat").alias("status"))}
    first, second = judged(tmp_path, **spoiled), judged(tmp_path, **spoiled)
    assert [finding.id for finding in first] == [finding.id for finding in second]
    assert len({finding.id for finding in first}) == len(first) == len(given.PARTNERS)


def test_the_difference_with_the_police_total_is_told_in_full(tmp_path: Path) -> None:
    (finding,) = judged(tmp_path, mart_reconciliation=given.reconciliation(2))
    assert finding.sentence == "De som van de 27 gemeenten (94.093) verschilt 2 van Den Haag (RE) (94.091) in 2022: vraag na bij Politie (open data)."
    assert (finding.indicator_id, finding.period, finding.delivery) == ("alg_misdrijven", "2022", "politie_misdrijven")


def test_a_delivery_that_never_came_is_told_once(tmp_path: Path) -> None:
    gone = _delivery("comensha_slachtoffers", status="ontbreekt")() | {"mart_indicators": given.good_mart().filter(pl.col("indicator_id") != "mh_slachtoffers")}
    assert [finding.id for finding in judged(tmp_path, **gone)] == ["delivery_present:comensha_slachtoffers"]


def test_one_cause_gives_one_finding_that_names_its_areas(tmp_path: Path) -> None:
    gone = pl.col("area_code").is_in(["GM0503", "GM0504", "GM0505"]) & (pl.col("period") == "2023")
    (finding,) = judged(tmp_path, mart_indicators=given.good_mart().filter(~gone))
    assert "ontbreken 3 van de 27 gemeenten (Gemeente 0503, Gemeente 0504 en Gemeente 0505)" in finding.sentence
    assert (finding.area_code, finding.rows) == (None, 3)
