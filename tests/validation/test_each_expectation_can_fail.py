"""Right data gives no finding; each planted fault gives its finding, with the severity, dimension and partner to ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.validation import frames as given
from tests.validation.spoiled import OF_TODAY, delivery
from tests.validation.spoiled_series import OF_SERIES
from validation import runner
from validation.checks import Finding
from validation.declared import declared_checks
from validation.runner import run_suites
from validation.suites import all_suites
from validation.summary import sorted_findings
from validation.tables import Tables

FAULTS = OF_TODAY | OF_SERIES


def judged(folder: Path, released: pl.DataFrame | None = None, **changed: Any) -> list[Finding]:
    return sorted_findings(run_suites(given.good_frames(**changed), folder / "docs", given.catalogue(), given.NOW, released=released))


@pytest.mark.parametrize("seed", range(5))
def test_right_data_gives_no_finding(seed: int, tmp_path: Path) -> None:
    assert judged(tmp_path, seed=seed) == []


def test_what_partners_may_do_between_releases_gives_no_finding(tmp_path: Path) -> None:
    """Revise what was voorlopig, deliver a new month, mend a case in a final one; and what is withheld is not compared."""
    now = given.good_mart()
    newest, before = pl.col("period") == "2026-10", pl.col("period") == "2026-09"
    released = given.with_numerator(now.filter(~newest), before, pl.col("numerator") + 9).with_columns(
        pl.when(before).then(pl.lit("voorlopig")).otherwise("state").alias("state")
    )
    released = given.with_numerator(released, (pl.col("period") == "2025-03") & (pl.col("area_code") == "A1"), pl.col("numerator") + 2)
    withheld = pl.col("indicator_id") == "mh_slachtoffers"
    numbers = [pl.when(withheld).then(None).otherwise(pl.col(name)).alias(name) for name in ("value", "numerator", "denominator")]
    released = released.with_columns(pl.when(withheld).then(pl.lit("geheim")).otherwise("state").alias("state"), *numbers)
    assert judged(tmp_path, released=released, mart_indicators=now) == []
    told = pl.col("indicator_id").ne("mh_slachtoffers")
    assert judged(tmp_path, released=released, mart_indicators=now.filter(told))[0].id == "indicator_has_figures:mh_slachtoffers"


def test_periods_whose_bewaartermijn_has_ended_are_no_finding(tmp_path: Path) -> None:
    now = given.good_mart().filter(pl.col("period") >= "2023")
    assert judged(tmp_path, released=given.good_mart(), mart_indicators=now) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_gives_its_finding(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil, check, severity, dimension, asked = FAULTS[fault]
    suites = {name: build for name, build in all_suites().items() if check in {each.id for each in declared_checks(build)}}
    monkeypatch.setattr(runner, "all_suites", lambda: suites)  # the others took four fifths of the time
    found = [finding for finding in judged(tmp_path, **spoil()) if finding.id.startswith(f"{check}:")]
    assert [(finding.severity, finding.dimension, finding.partner) for finding in found] == [(severity, dimension, asked)]
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
    gone = delivery("comensha_slachtoffers", status="ontbreekt")() | {"mart_indicators": given.good_mart().filter(pl.col("indicator_id") != "mh_slachtoffers")}
    assert [finding.id for finding in judged(tmp_path, **gone)] == ["delivery_present:comensha_slachtoffers"]


def test_one_cause_gives_one_finding_that_names_its_areas(tmp_path: Path) -> None:
    gone = pl.col("area_code").is_in(["GM0503", "GM0504", "GM0505"]) & (pl.col("period") == "2023")
    (finding,) = judged(tmp_path, mart_indicators=given.good_mart().filter(~gone))
    assert "ontbreken 3 van de 27 gemeenten (Gemeente 0503, Gemeente 0504 en Gemeente 0505)" in finding.sentence
    assert (finding.area_code, finding.rows) == (None, 3)
