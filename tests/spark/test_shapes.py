"""A part of the comparison that CI has time for: every shape of an indicator has the same rows on Spark as on DuckDB, and so have
all models that it is made of. `make spark-ci` runs this; every mart is compared by `make spark-test`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.conftest import PROJECT
from tests.dbt_project import accepted
from tests.spark.comparing import difference, read_table

pytestmark = [pytest.mark.spark, pytest.mark.timeout(600)]

SHAPES = {
    "rows counted per inhabitants, in total and by breakdown": "fct_ja_verdachten_12_23",
    "distinct persons, also of three years together": "fct_mh_slachtoffers",
    "a share of what was counted": "fct_ja_first_offenders_aandeel",
    "a survey with its own margins": "fct_oc_slachtofferschap",
    "school years, of which an area is known only as a whole": "fct_ja_verzuim",
    "a mart, with its contract": "mart_areas",
}
SELECT = ("--select", *(f"+{model}" for model in SHAPES.values()))

Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small accepted state of the tests of the models, built by both engines at the same time."""
    data = tmp_path_factory.mktemp("shapes")
    accepted.write_all(data)
    # with the quarters of 2023 and 2024 that are there: three years whole, in which one victim comes back and is one person
    quarters = ("2022Q1", "2022Q2", "2022Q3", "2022Q4", "2024Q2", "2024Q3", "2024Q4")
    seen = [accepted.melding(victim, quarter, "Delft") for quarter in quarters for victim in ("V90000", f"V9{quarter[3]}00{quarter[5]}")]
    accepted.write_delivery(data, "comensha_slachtoffers", seen)
    margins = {"percentage": 16.4, "ondergrens": 15.8, "bovengrens": 17.0, "meldingspercentage": 46.0, "aangiftepercentage": 16.0}
    asked = [{"gebied": area, "jaar": "2023", "soort_slachtofferschap": "online criminaliteit totaal", **margins} for area in ("Den Haag (RE)", "Delft")]
    accepted.write_delivery(data, "cbs_veiligheidsmonitor", asked)
    absent = {"leerlingen": 21_006, "absoluut_verzuim": 62, "relatief_verzuim": 571, "voortijdig_schoolverlaters": 259}
    accepted.write_delivery(data, "leerplicht_verzuim", [{"gemeente": area, "schooljaar": "2024/25", **absent} for area in ("Delft", "Zoetermeer")])
    accepted.write_calendar(data)
    spark, dbt_project = PROJECT / ".venv/spark/bin/python", PROJECT / "dbt_project"
    commands = {
        "spark": [spark, "-m", "tests.spark.build", dbt_project, *SELECT],
        "duckdb": [sys.executable, "-m", "dbt.cli.main", "--quiet", "build", "--resource-type", "seed", "--resource-type", "model", *SELECT],
    }
    commands["duckdb"] += ["--project-dir", dbt_project, "--profiles-dir", dbt_project]
    running = {}
    for engine, command in commands.items():
        settings = {"KETENMONITOR_DATA_DIR": str(data), "DBT_TARGET_PATH": str(data / engine / "target"), "DBT_LOG_PATH": str(data / "logs")}
        environment = os.environ | settings | {"DO_NOT_TRACK": "1"}
        running[engine] = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = {engine: process.communicate()[0] for engine, process in running.items()}
    assert {engine: said[engine][-4000:] for engine, process in running.items() if process.returncode} == {}
    return data


@pytest.fixture(scope="module")
def on_duckdb(data: Path) -> Tables:
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        names = connection.execute("select table_name from information_schema.tables where table_type = 'BASE TABLE'").fetchall()
        return {name: connection.table(name).pl() for (name,) in names}


@pytest.fixture(scope="module")
def on_spark(data: Path) -> Tables:
    return {path.name: read_table(path) for path in sorted((data / "spark" / "ketenmonitor.db").iterdir())}


def test_both_engines_make_the_same_tables_and_figures_of_every_shape(on_duckdb: Tables, on_spark: Tables) -> None:
    assert on_duckdb.keys() == on_spark.keys()
    figures = {model: on_duckdb[model].drop_nulls("value") for model in SHAPES.values() if model.startswith("fct_")}
    assert {model for model, rows in figures.items() if rows.is_empty()} == set()
    victims = figures["fct_mh_slachtoffers"].filter(area_code="DH", dimension_1="totaal")
    of_years = victims.filter(pl.col("period_grain") == "jaar", pl.col("period").is_in(["2022", "2023", "2024"]))["numerator"]
    (of_three_years,) = victims.filter(period_grain="drie_jaar", period="2022/24")["numerator"]
    assert len(of_years) == 3
    assert of_three_years == of_years.sum() - 1


def test_every_table_has_the_same_rows(on_duckdb: Tables, on_spark: Tables) -> None:
    found = {name: difference(table, on_spark[name]) for name, table in on_duckdb.items()}
    assert {name: what for name, what in found.items() if what} == {}
