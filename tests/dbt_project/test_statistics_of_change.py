"""mart_changes on a made-up region: few arrows where nothing changed, and none where figures may not be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.dbt_project.simulated import Series, changes, figures

STILL = (
    Series("online_chance_only", 8_000),
    Series("online_varying", 8_000, variation=0.01),
    Series("online_common_shocks", 8_000, variation=0.01, together=0.002),
    Series("trafficking_chance_only", 56),
    Series("trafficking_varying", 56, variation=0.1),
)
FIVE = range(0, 25, 5)
STEPS = (
    Series("online_half_more", 8_000, variation=0.01, factor=1.5, changed_areas=FIVE),
    Series("trafficking_doubled", 56, variation=0.1, factor=2, changed_areas=range(27)),
    Series("trafficking_doubled_locally", 56, variation=0.1, factor=2, changed_areas=FIVE),
)
ARROWS = "100 * avg(case when change in ('toename', 'afname') then 1.0 else 0 end)"


@pytest.fixture(scope="module")
def simulated() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = changes(pl.concat([figures(series, seed) for seed, series in enumerate((*STILL, *STEPS), 1)]))
    yield connection
    connection.close()


def share(simulated: duckdb.DuckDBPyConnection, name: str, level: str, grain: str, where: str = "true") -> float:
    """Percentage of comparisons that show a change."""
    rows = "is_compared and regexp_replace(indicator_id, '_[0-9]+$', '') = ? and area_level = ? and period_grain = ?"
    ((found,),) = simulated.execute(f"select {ARROWS} from mart_changes where {rows} and {where}", [name, level, grain]).fetchall()
    return float(found)


@pytest.mark.parametrize("series", STILL, ids=lambda series: series.name)
def test_where_nothing_changed_fewer_than_seven_of_a_thousand_area_quarters_show_a_change(simulated: duckdb.DuckDBPyConnection, series: Series) -> None:
    assert share(simulated, series.name, "gemeente", "kwartaal") <= 0.7


@pytest.mark.parametrize("series", STILL, ids=lambda series: series.name)
def test_years_and_the_region_keep_near_the_stated_rate(simulated: duckdb.DuckDBPyConnection, series: Series) -> None:
    for level, grain in (("gemeente", "jaar"), ("regio", "kwartaal"), ("regio", "jaar")):
        assert share(simulated, series.name, level, grain) <= 1.0  # 8,100, 1,200 and 300 comparisons: two standard errors above 0.7, 0.5 and 0.3


def test_online_crime_that_rises_by_half_is_seen_in_most_gemeenten(simulated: duckdb.DuckDBPyConnection) -> None:
    areas = ", ".join(f"'gemeente{number}'" for number in FIVE)
    found = share(simulated, "online_half_more", "gemeente", "jaar", f"period = '2024' and area_code in ({areas})")
    assert found >= 60


def test_trafficking_that_doubles_is_seen_in_the_region_about_every_second_time(simulated: duckdb.DuckDBPyConnection) -> None:
    assert share(simulated, "trafficking_doubled", "regio", "jaar", "period = '2024'") >= 40


def test_trafficking_that_doubles_in_one_gemeente_cannot_be_seen(simulated: duckdb.DuckDBPyConnection) -> None:
    areas = ", ".join(f"'gemeente{number}'" for number in FIVE)
    assert share(simulated, "trafficking_doubled_locally", "gemeente", "jaar", f"period = '2024' and area_code in ({areas})") <= 5


def test_the_mart_says_how_many_changes_chance_alone_would_show(simulated: duckdb.DuckDBPyConnection) -> None:
    sql = "select indicator_id, comparison_count, expected_false_signal_count, count(case when is_compared then 1 end) from mart_changes group by all"
    for _, stated, expected, counted in simulated.execute(sql).fetchall():
        assert stated == counted
        assert expected == pytest.approx(0.005 * counted)


# --- what may be compared ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def one() -> pl.DataFrame:
    """One run of online crime in which nothing changes."""
    return figures(Series("online_varying", 8_000, variation=0.01, runs=1), 9)


def read(connection: duckdb.DuckDBPyConnection, where: str) -> list[tuple[Any, ...]]:
    sql = f"select distinct is_compared, change is null, reason from mart_changes where {where} order by all"
    return connection.execute(sql).fetchall()


def test_a_newest_quarter_of_which_seventy_percent_came_in_shows_no_arrow(one: pl.DataFrame) -> None:
    newest = (pl.col("period") == "2024Q4") & (pl.col("period_grain") == "kwartaal")
    late = one.with_columns(
        pl.when(newest).then((pl.col("numerator") * 0.7).round()).otherwise("numerator").alias("numerator"),
        pl.when(newest | (pl.col("period") == "2024")).then(pl.lit("voorlopig")).otherwise("state").alias("state"),
    )
    connection = changes(late)
    assert read(connection, "period in ('2024Q4', '2024')") == [(False, True, "Het cijfer is nog voorlopig.")]
    final = changes(late.with_columns(pl.when(pl.col("state") == "voorlopig").then(pl.lit("waarde")).otherwise("state").alias("state")))
    ((fallen, areas),) = final.execute("select count(case when statistic < 0 then 1 end), count(*) from mart_changes where period = '2024Q4'").fetchall()
    assert fallen >= 0.8 * areas  # what the rule prevents


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("onbekend", "Het cijfer van een jaar eerder is onbekend of niet van toepassing."),
        ("nvt", "Het cijfer van een jaar eerder is onbekend of niet van toepassing."),
        ("voorlopig", "Het cijfer van een jaar eerder is nog voorlopig."),
    ],
)
def test_a_figure_is_not_compared_with_one_that_is_not_final(one: pl.DataFrame, state: str, reason: str) -> None:
    given = one.with_columns(pl.when(pl.col("period") == "2023Q4").then(pl.lit(state)).otherwise("state").alias("state"))
    assert read(changes(given), "period = '2024Q4'") == [(False, True, reason)]


@pytest.mark.parametrize(("kind", "reason"), [("enquete", "marges"), ("geen", "geen toets"), (None, "geen toets")])
def test_a_figure_without_a_test_is_not_compared(one: pl.DataFrame, kind: str | None, reason: str) -> None:
    given = one.with_columns(indicator_id=pl.lit("alone"))
    connection = changes(given, interval_kind=kind or "null")
    assert all(not compared and reason in why for compared, _, why in read(connection, "period = '2024'"))


def break_of(area: str | None, day: str, soort: str = "trendbreuk") -> tuple[Any, ...]:
    return ("online_varying_0", day, soort, area and "gemeente", area, "Nieuw formulier")


def crossing(one: pl.DataFrame, *events: tuple[Any, ...], area: str = "gemeente3") -> list[str]:
    """Periods of the area that a break keeps from being compared."""
    sql = "select period from mart_changes where area_code = ? and reason = 'Trendbreuk: Nieuw formulier.' order by period"
    connection = changes(one, events=events)
    return [period for (period,) in connection.execute(sql, [area]).fetchall()]


def test_nothing_is_compared_across_a_break(one: pl.DataFrame) -> None:
    assert crossing(one, break_of(None, "2023-01-01")) == ["2023", "2023Q1", "2023Q2", "2023Q3", "2023Q4"]
    # in the middle of a year that year is compared with none, nor the next year with it
    assert crossing(one, break_of(None, "2023-07-01")) == ["2023", "2023Q3", "2023Q4", "2024", "2024Q1", "2024Q2"]
    assert crossing(one, break_of(None, "2023-01-01"), break_of(None, "2023-01-01")) == ["2023", "2023Q1", "2023Q2", "2023Q3", "2023Q4"]


def test_a_break_in_one_gemeente_holds_there_and_in_the_region(one: pl.DataFrame) -> None:
    event = break_of("gemeente3", "2023-01-01")
    assert crossing(one, event) == crossing(one, event, area="regio0") == ["2023", "2023Q1", "2023Q2", "2023Q3", "2023Q4"]
    assert crossing(one, event, area="gemeente4") == []


def test_a_campaign_forbids_no_comparison_and_neither_does_a_break_without_a_date(one: pl.DataFrame) -> None:
    assert crossing(one, break_of(None, "2023-01-01", "campagne"), (*break_of(None, "")[:1], None, *break_of(None, "")[2:])) == []


def test_with_fewer_than_ten_comparisons_in_other_years_nothing_is_concluded(one: pl.DataFrame) -> None:
    few = one.filter((pl.col("area_level") == "regio") & (pl.col("period_grain") == "jaar"))
    assert {why for compared, _, why in read(changes(few), "true") if not compared} >= {
        "Er zijn nog te weinig vergelijkingen om de gewone schommeling te kennen."
    }
    assert not any(compared for compared, _, _ in read(changes(few), "true"))


def test_a_change_that_a_person_can_redo() -> None:
    """Counts of 100 a year in 26 areas that never change, so that figures vary no more than chance; one area goes from 100 to 200.
    (200 - 100) / root(300) = 5.77; divided by root(1 + 4 / 78), 26 areas times 3 other years, it is 5.63."""
    years = ["2020", "2021", "2022", "2023", "2024"]
    rows = [(f"gemeente{area}", year, 200.0 if (area, year) == (0, "2024") else 100.0) for area in range(26) for year in years]
    totals = {"dimension_1": "totaal", "category_1": "totaal", "dimension_2": "totaal", "category_2": "totaal"}
    frame = pl.DataFrame(
        [
            {"indicator_id": "one", "area_level": "gemeente", "period_grain": "jaar", "area_code": area, "period": year, "numerator": count, **totals}
            for area, year, count in rows
        ]
    ).with_columns(value="numerator", state=pl.lit("waarde"), denominator=pl.lit(None, dtype=pl.Float64))
    found = changes(frame).execute(
        "select change, statistic, overdispersion, comparison_count, expected_false_signal_count, earlier_period, earlier_value "
        "from mart_changes where area_code = 'gemeente0' and period = '2024'"
    )
    assert found.fetchall() == [("toename", pytest.approx(5.63, abs=0.005), pytest.approx(1 + 4 / 78), 104, pytest.approx(0.52), "2023", 100.0)]
