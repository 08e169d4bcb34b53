"""A delivery that was agreed anew: files accepted under either version of its contract stand in one staging model."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from data_contracts import versions_of
from tests.dbt_project.conftest import run_dbt

BOUNDS = {"aantal": 7, "aantal_minstens": 7, "aantal_hoogstens": 7, "delivery_sha256": "a", "received_at": None, "source_row": 2}
ROWS = (
    {"kwartaal": "2022Q4", "leeftijdsgroep": "0-17", "platform": "Snapchat"},
    {"kwartaal": "2023Q1", "leeftijdsgroep": "12-17", "motief": "financieel", "eerste_contact": "datingapp"},
)


@pytest.mark.slow
def test_sextortion_reports_of_the_old_and_the_new_form_stand_in_one_model(tmp_path: Path) -> None:
    folder = tmp_path / "accepted" / "helpwanted_sextortion"
    folder.mkdir(parents=True)
    for version, row in zip(versions_of("helpwanted_sextortion"), ROWS, strict=True):
        frame = pl.DataFrame([{**row, **BOUNDS}], schema_overrides={"received_at": pl.Datetime("us")})
        version.validate(frame.select(list(version.to_schema().columns)), lazy=True)
        frame.write_parquet(folder / f"{row['kwartaal']}.parquet")
    assert run_dbt(tmp_path, "run", "--select", "stg_helpwanted_sextortion").success
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select period, leeftijdsgroep, motief, eerste_contact, report_count from stg_helpwanted_sextortion order by period"
        ).fetchall()
    assert found == [("2022Q4", "0-17", None, "Snapchat", 7), ("2023Q1", "12-17", "financieel", "datingapp", 7)]
