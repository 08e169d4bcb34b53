"""The comparison of the engines can fail: in a figure, a row, a column, a type."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from tests.spark.comparing import difference

DAY = dt.date(2026, 1, 1)
TABLE = pl.DataFrame({"code": ["a", "b", "b", None], "day": [DAY, DAY, DAY, None], "count": [1, 2, 2, None], "rate": [0.1, 2e6 / 3, 2e6 / 3, None]})


def test_rows_in_another_order_are_the_same_table() -> None:
    assert difference(TABLE, TABLE.reverse()) is None


def test_a_last_place_of_a_float_is_no_difference() -> None:
    assert difference(TABLE, TABLE.with_columns(rate=pl.col("rate") * (1 + 1e-15))) is None


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (TABLE.with_columns(count=pl.Series([1, 2, 3, None])), "count differs in 1 of 4 rows"),
        (TABLE.with_columns(rate=pl.col("rate") * (1 + 1e-6)), "rate differs in 3 of 4 rows"),
        (TABLE.with_columns(rate=pl.col("rate").fill_null(0)), "rate differs in 1 of 4 rows"),
        (TABLE.with_columns(code=pl.col("code").fill_null("")), "code differs"),
        (TABLE.with_columns(day=pl.col("day").dt.offset_by("1d")), "day differs in 3 of 4 rows"),
        (TABLE.unique(), "4 rows, and 3"),
        (pl.concat([TABLE.unique(), TABLE.filter(pl.col("code") == "a")]), "differs"),
        (TABLE.with_columns(pl.col("count").cast(pl.Int32)), "columns differ"),
        (TABLE.select("day", "code", "count", "rate"), "columns differ"),
        (TABLE.drop("rate"), "columns differ"),
    ],
    ids=["number", "float", "null made 0", "null made empty", "date", "row lost", "row doubled", "type", "order", "column lost"],
)
def test_a_difference_is_seen_and_named(other: pl.DataFrame, says: str) -> None:
    assert says in (difference(TABLE, other) or "")
