"""Figures of another kind than a rate per inhabitants, and periods of another length than a year, are judged as what they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from tests.validation import frames as given
from validation.checks import Finding
from validation.runner import run_suites
from validation.summary import sorted_findings

YEARS = ("2022", "2023", "2024", "2025")
SCHOOL_YEARS = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
SURVEY_YEARS = ("2019", "2021", "2023", "2025")
THREE_YEARS = ("2020/22", "2021/23", "2022/24", "2023/25")


def judged(
    folder: Path,
    periods: Sequence[str],
    grain: str,
    count: float,
    total: float,
    per: int | None,
    kind: str,
    *,
    unplaced: float = 0,
    now: dt.datetime = given.NOW,
) -> list[Finding]:
    """Findings about one indicator with the same figure in all periods, of the region or (where `unplaced` is not 0) in two districts."""
    value = count / total * per if per else count
    totals = dict.fromkeys(("dimension_1", "category_1", "dimension_2", "category_2"), "totaal")
    cell = {"indicator_id": "x", "period_grain": grain, **totals, "state": "waarde", "value": value, "denominator": total}
    areas = [("district", "E", count), ("district", "onbekend", unplaced)] if unplaced else [("regio", "DH", count)]
    cells = [{**cell, "area_level": level, "area_code": code, "numerator": number, "period": period} for level, code, number in areas for period in periods]
    rows = pl.DataFrame(cells, schema=given.COLUMNS)
    row = {"indicator_id": "x", "name": "Nieuw", "person_related": True, "per": per, "interval_kind": kind, "sources": ["comensha_slachtoffers"]}
    frames = given.good_frames(mart_indicators=pl.concat([given.good_mart(), rows]))
    return sorted_findings(run_suites(frames, folder / "docs", [*given.catalogue(), row], now))


def test_a_mean_above_one_is_no_impossible_rate(tmp_path: Path) -> None:
    assert judged(tmp_path, YEARS, "jaar", 124_000, 100, 1, "geen") == []


def test_a_ratio_of_two_flows_may_exceed_a_hundred_percent(tmp_path: Path) -> None:
    assert judged(tmp_path, YEARS, "jaar", 150, 100, 100, "poisson") == []


@pytest.mark.parametrize("kind", ["wilson", "geen"])
def test_a_share_above_a_hundred_percent_is_impossible(kind: str, tmp_path: Path) -> None:
    found = judged(tmp_path, YEARS, "jaar", 150, 100, 100, kind)
    assert [(finding.id, finding.severity) for finding in found] == [("rates_possible:x:2025", "fout")]


KINDS_OF_PERIODS = {"schooljaar": SCHOOL_YEARS, "twee_jaar": SURVEY_YEARS, "drie_jaar": THREE_YEARS}


@pytest.mark.parametrize("grain", KINDS_OF_PERIODS)
def test_periods_of_another_length_without_a_gap_raise_nothing(grain: str, tmp_path: Path) -> None:
    assert judged(tmp_path, KINDS_OF_PERIODS[grain], grain, 40, 100, 100, "wilson") == []


@pytest.mark.parametrize("grain", KINDS_OF_PERIODS)
def test_a_period_of_another_length_that_is_missing_is_told(grain: str, tmp_path: Path) -> None:
    first, _, *others = KINDS_OF_PERIODS[grain]
    found = judged(tmp_path, [first, *others], grain, 40, 100, 100, "wilson")
    assert [finding.id for finding in found] == [f"periods_without_gap:x:{others[-1]}"]
    assert "ontbreekt 1 periode" in found[0].sentence


@pytest.mark.parametrize(("month", "told"), [(7, ["periods_have_begun:x:2026/27"]), (8, [])])
def test_a_school_year_begins_in_august(month: int, told: list[str], tmp_path: Path) -> None:
    now = given.NOW.replace(month=month, day=20)
    found = judged(tmp_path, (*SCHOOL_YEARS, "2026/27"), "schooljaar", 40, 100, 100, "wilson", now=now)
    assert [finding.id for finding in found if finding.indicator_id == "x"] == told


@pytest.mark.parametrize(("grain", "periods"), [("jaar", YEARS), *KINDS_OF_PERIODS.items()])
def test_persons_without_an_area_are_told_of_in_periods_of_any_length(grain: str, periods: Sequence[str], tmp_path: Path) -> None:
    found = judged(tmp_path, periods, grain, 100, 200, None, "poisson", unplaced=100)
    assert [finding.id for finding in found] == [f"area_of_persons_known:x:district:{periods[-1]}"]
