"""The score knows how much chance there is in a count: large and small, with a long past and a short one, in season."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from validation.plausibility import finest_grain, score_newest, share_at_least, surprise_bound

QUARTERS = [f"{year}Q{quarter}" for year in range(2022, 2026) for quarter in range(1, 5)]


def series(counts: list[float], grain: str = "kwartaal", periods: list[str] | None = None) -> pl.DataFrame:
    totals = dict.fromkeys(("dimension_1", "category_1", "dimension_2", "category_2"), "totaal")
    address = {"indicator_id": "x", "area_level": "regio", "area_code": "DH", "period_grain": grain}
    return pl.DataFrame({"period": (periods or QUARTERS)[: len(counts)], "numerator": counts}).with_columns(
        **{name: pl.lit(value) for name, value in (address | totals).items()}
    )


def score(*counts: float) -> float:
    return float(score_newest(series(list(counts)))["score"][0])


def test_five_after_a_past_of_two_is_no_surprise_and_fifty_after_twenty_is() -> None:
    bound = surprise_bound(100)
    assert abs(score(2, 1, 3, 2, 2, 1, 2, 5)) < bound
    assert score(20, 18, 23, 19, 20, 22, 21, 50) > bound


def test_an_odd_quarter_in_the_past_does_not_hide_a_halving() -> None:
    assert score(700, 720, 690, 6000, 710, 705, 715, 350) < -surprise_bound(100)


def test_a_short_past_asks_for_more() -> None:
    assert abs(score(1000, 700)) < surprise_bound(100) < abs(score(*[1000.0] * 8, 700))


def test_a_seasonal_peak_is_compared_with_its_own_season() -> None:
    year = [100.0, 100.0, 100.0, 300.0]
    assert abs(score(*year, *year, *year, *year)) < surprise_bound(100)
    assert score(*year, *year, *year, 100, 100, 100, 900) > surprise_bound(100)


def test_two_thousand_series_of_pure_chance_raise_hardly_an_alarm() -> None:
    chance = np.random.default_rng(7)
    rows = [
        series([float(count) for count in chance.poisson(mean, 16)]).with_columns(pl.lit(f"a{number}").alias("area_code"))
        for number, mean in enumerate([0.5, 2, 10, 200] * 500)
    ]
    scored = score_newest(pl.concat(rows))
    assert scored.height == 2000
    assert scored.filter(pl.col("score").abs() > surprise_bound(2000)).height <= 1


def test_only_the_finest_grain_of_an_indicator_is_judged() -> None:
    both = pl.concat([series([1.0, 2.0]), series([3.0], grain="jaar", periods=["2022"])])
    assert finest_grain(both)["period_grain"].unique().to_list() == ["kwartaal"]


def test_a_series_without_a_past_is_not_judged() -> None:
    assert score_newest(series([5.0])).is_empty()


@pytest.mark.parametrize(("part", "whole", "least"), [(1, 4, 0.05), (250, 1000, 0.22), (40, 50, 0.63)])
def test_a_share_of_few_cases_proves_little(part: int, whole: int, least: float) -> None:
    frame = pl.DataFrame({"part": [float(part)], "whole": [float(whole)]}).select(share_at_least("part", "whole").alias("share"))
    assert frame["share"][0] == pytest.approx(least, abs=0.015)
