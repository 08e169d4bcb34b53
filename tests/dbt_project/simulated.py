"""A made-up region in which nothing changes, or one thing: as tables that mart_changes reads, and the mart itself over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import polars as pl

from tests.dbt_project.accepted import ROOT
from tests.dbt_project.rendering import render

MODELS = ROOT / "dbt_project" / "models"
FIRST_YEAR, YEARS, AREAS = 2019, 6, 27
INHABITANTS = 1_950_000
MACROS = ("change", "comparable", "overdispersion")
KEYS = ("indicator_id", "area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2")


@dataclass(frozen=True)
class Series:
    """What is simulated: counts a year in the whole region, how the rate varies from quarter to quarter (squared coefficient of
    variation; `together` is what all areas share), and by what the last year is multiplied, in the areas named."""

    name: str
    yearly_count: float
    variation: float = 0.0
    together: float = 0.0
    factor: float = 1.0
    changed_areas: Sequence[int] = ()
    runs: int = 60


def quarters(series: Series, seed: int) -> np.ndarray:
    """Counts by run, area and quarter: areas of 9,000 to 230,000 inhabitants, rates that differ by 30%, a season of 10%."""
    draw = np.random.default_rng(seed)
    people = np.clip(np.exp(draw.normal(0, 0.8, (series.runs, AREAS, 1))) * INHABITANTS / 37, 9_000, 230_000)
    expected = people * draw.gamma(1 / 0.09, 0.09, people.shape)
    expected = expected / expected.sum(axis=1, keepdims=True) * series.yearly_count / 4
    expected = expected * (1 + 0.1 * np.sin(np.arange(YEARS * 4) * np.pi / 2))
    for variation, shape in ((series.variation, expected.shape), (series.together, (series.runs, 1, YEARS * 4))):
        if variation:
            expected = expected * draw.gamma(1 / variation, variation, shape)
    expected[:, list(series.changed_areas), -4:] *= series.factor
    return draw.poisson(expected)


def figures(series: Series, seed: int) -> pl.DataFrame:
    """Rows of an indicator model: gemeente and regio, kwartaal and jaar; one indicator per run, all figures final."""
    by_quarter = quarters(series, seed)
    names = {
        "kwartaal": [f"{year}Q{quarter}" for year in range(FIRST_YEAR, FIRST_YEAR + YEARS) for quarter in (1, 2, 3, 4)],
        "jaar": [str(year) for year in range(FIRST_YEAR, FIRST_YEAR + YEARS)],
    }
    found = []
    for grain, counts in (("kwartaal", by_quarter), ("jaar", by_quarter.reshape(*by_quarter.shape[:2], YEARS, 4).sum(axis=3))):
        for level, each in (("gemeente", counts), ("regio", counts.sum(axis=1, keepdims=True))):
            run, area, period = (index.ravel() for index in np.indices(each.shape))
            found.append(
                pl.DataFrame(
                    {
                        "indicator_id": [f"{series.name}_{number}" for number in run],
                        "area_level": level,
                        "area_code": [f"{level}{number}" for number in area],
                        "period_grain": grain,
                        "period": [names[grain][number] for number in period],
                        "numerator": each.ravel().astype(float),
                    }
                )
            )
    totals = [pl.lit("totaal").alias(name) for name in KEYS[5:]]
    value, state = pl.col("numerator").alias("value"), pl.when(pl.col("numerator") == 0).then(pl.lit("nihil")).otherwise(pl.lit("waarde")).alias("state")
    return pl.concat(found).with_columns(*totals, value, state, pl.lit(None, dtype=pl.Float64).alias("denominator"))


def changes(frame: pl.DataFrame, *, interval_kind: str = "poisson", events: Sequence[tuple[Any, ...]] = ()) -> duckdb.DuckDBPyConnection:
    """A connection in which `mart_changes` was made of `frame` by the models themselves; `events` are rows of dim_gebeurtenis."""
    connection = duckdb.connect()
    connection.register("given", frame)
    connection.execute("create table fct_simulated as select * from given")
    connection.execute(f"create table dim_indicator as select distinct indicator_id, '{interval_kind}' as interval_kind from fct_simulated")
    connection.execute(
        "create table dim_area_ancestor as select distinct area_level as leaf_level, area_code as leaf_code, area_level, area_code from fct_simulated"
    )
    connection.execute(
        "insert into dim_area_ancestor select distinct leaf_level, leaf_code, 'regio', 'regio0' from dim_area_ancestor where leaf_level != 'regio'"
    )
    columns = "indicator_id varchar, break_date date, soort varchar, area_level varchar, area_code varchar, titel varchar"
    connection.execute(f"create table dim_gebeurtenis ({columns})")
    if events:
        connection.executemany("insert into dim_gebeurtenis values (?, ?, ?, ?, ?, ?)", [list(event) for event in events])
    connection.execute(
        "create table dim_period as "
        "select 'kwartaal' as period_grain, concat(year(day), 'Q', quarter(day)) as period, day as start_date, last_day(day + interval 2 month) as end_date "
        "from (select cast(unnest(generate_series(date '2015-01-01', date '2026-12-31', interval 3 month)) as date) as day) "
        "union all select 'jaar', cast(year(day) as varchar), day, last_day(day + interval 11 month) "
        "from (select cast(unnest(generate_series(date '2015-01-01', date '2026-12-31', interval 1 year)) as date) as day)"
    )
    for model in ("dimensions/dim_earlier_period", "dimensions/dim_trendbreuk", "marts/mart_changes"):
        sql = render((MODELS / f"{model}.sql").read_text(encoding="utf-8"), MACROS, indicator_ids=lambda: ["simulated"])
        connection.execute(f"create table {model.split('/')[1]} as {sql}")
    return connection
