"""Every mart has the same rows on Spark as on DuckDB, from the same accepted Parquet. Only `make spark-test` runs this; CI runs test_shapes.py."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import PROJECT, ketenmonitor
from tests.spark.comparing import difference, read_table

pytestmark = [pytest.mark.spark, pytest.mark.timeout(1200)]

Marts = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sample data of every delivery, run on DuckDB to a release and then built on Spark. Without recorded open data the sample's
    own stand-ins serve: this is never skipped."""
    data = tmp_path_factory.mktemp("engines")
    open_data = {name: value for name, value in os.environ.items() if name == "KETENMONITOR_OPEN_DATA"}
    ketenmonitor("sample", data_dir=data, **open_data)
    ketenmonitor("run", data_dir=data)
    settings = {"KETENMONITOR_DATA_DIR": str(data), "DBT_TARGET_PATH": str(data / "target"), "DBT_LOG_PATH": str(data / "logs"), "DO_NOT_TRACK": "1"}
    built = subprocess.run(
        [PROJECT / ".venv/spark/bin/python", "-m", "tests.spark.build", PROJECT / "dbt_project"],
        cwd=PROJECT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout[-4000:]
    return data


@pytest.fixture(scope="module")
def on_duckdb(data: Path) -> Marts:
    return {path.stem: read_table(path) for path in sorted((data / "warehouse" / "marts").iterdir())}


@pytest.fixture(scope="module")
def on_spark(data: Path) -> Marts:
    return {path.name: read_table(path) for path in sorted((data / "spark" / "ketenmonitor.db").glob("mart_*"))}


def test_both_engines_make_the_same_marts(on_duckdb: Marts, on_spark: Marts) -> None:
    assert on_duckdb.keys() == on_spark.keys()
    assert on_duckdb["mart_indicators"].height > 0


def test_every_mart_has_the_same_rows(on_duckdb: Marts, on_spark: Marts) -> None:
    found = {name: difference(table, on_spark[name]) for name, table in on_duckdb.items()}
    assert {name: what for name, what in found.items() if what} == {}


def test_one_changed_number_is_seen(on_duckdb: Marts, on_spark: Marts) -> None:
    expected = on_duckdb["mart_indicators"]
    row = expected.with_row_index().filter(pl.col("value") > 0)["index"][0]
    changed = expected.with_columns(value=pl.when(pl.int_range(pl.len()) == row).then(pl.col("value") * 1.001).otherwise(pl.col("value")))
    assert "value differs in 1 of" in (difference(changed, on_spark["mart_indicators"]) or "")
