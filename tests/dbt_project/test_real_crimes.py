"""Real figures: the StatLine download of the police and the recorded CBS population, read in place and never copied."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.dbt_project import accepted
from tests.dbt_project.conftest import run_dbt


def crimes(folder: Path) -> list[accepted.Row]:
    """Rows of the StatLine CSV below its six heading lines."""
    (file,) = folder.glob("crime/politie_47013NED_*.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter=";") if len(row) == 3 and row[1].isdigit() and not row[0].startswith("Perioden")]
    return [{"regio": name, "jaar": year, "misdrijven": int(count)} for name, *counts in rows for year, count in zip(("2022", "2023"), counts, strict=True)]


def inhabitants(folder: Path) -> list[accepted.Row]:
    """Inhabitants on 1 January (measure M000352) of each gemeente in the recorded OData answer."""
    rows = json.loads((folder / "odata/v4_03759ned/observations-page-1.json").read_text(encoding="utf-8"))["value"]
    return [
        {"gemeente": row["RegioS"].strip(), "jaar": row["Perioden"][:4], "leeftijd": "totaal", "geslacht": "totaal", "inwoners": row["Value"]}
        for row in rows
        if row["Measure"] == "M000352" and row["RegioS"].startswith("GM") and row["Value"] is not None
    ]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, open_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("real")
    accepted.write_schemas(data)
    accepted.write_delivery(data, "politie_misdrijven", crimes(open_data))
    accepted.write_delivery(data, "cbs_bevolking", inhabitants(open_data))
    assert run_dbt(data, "build", "--select", "+mart_reconciliation", "--indirect-selection", "cautious", "--exclude-resource-type", "unit_test").success
    connection = duckdb.connect(str(data / "warehouse.duckdb"), read_only=True)
    yield connection
    connection.close()


def figure(real: duckdb.DuckDBPyConnection, area: str, period: str) -> tuple[float, float, float]:
    ((value, numerator, denominator),) = real.execute(
        "select value, numerator, denominator from fct_alg_misdrijven where area_code = ? and period = ?", [area, period]
    ).fetchall()
    return value, numerator, denominator


@pytest.mark.parametrize(("area", "period", "count"), [("GM0518", "2023", 37_483), ("GM0503", "2023", 5_441), ("GM0603", "2023", 3_348)])
def test_the_crimes_of_a_gemeente_are_those_of_the_file(real: duckdb.DuckDBPyConnection, area: str, period: str, count: int) -> None:
    assert figure(real, area, period)[1] == count


@pytest.mark.parametrize(("period", "count"), [("2022", 94_093), ("2023", 93_770)])
def test_the_region_is_the_sum_of_its_27_gemeenten(real: duckdb.DuckDBPyConnection, period: str, count: int) -> None:
    value, numerator, denominator = figure(real, "DH", period)
    assert numerator == count
    assert value == pytest.approx(count / denominator * 1_000)
    years = "select population_year from dim_population where area_code = 'DH' and population_group = 'totaal' and period_grain = 'jaar' and period = ?"
    assert real.execute(years, [period]).fetchall() == [(int(period),)]


def test_two_crimes_more_than_the_police_unit_itself_are_named_for_2022(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute("select period, parts_sum, whole, difference from mart_reconciliation order by period").fetchall()
    assert rows == [("2022", 94_093.0, 94_091.0, 2.0), ("2023", 93_770.0, 93_770.0, 0.0)]


def test_the_inhabitants_of_each_gemeente_and_year_are_those_of_cbs_and_nobody_is_given_an_age_or_sex(real: duckdb.DuckDBPyConnection, open_data: Path) -> None:
    known = {(str(row["gemeente"]), str(row["jaar"])): int(row["inwoners"]) for row in inhabitants(open_data) if row["gemeente"] in accepted.gemeenten()}
    assert len(known) == 27 * 8
    found = real.execute(
        "select area_level, area_code, period, population_count from dim_population "
        "where period_grain = 'jaar' and period <= '2026' and population_group = 'totaal'"
    ).fetchall()
    assert {(code, period): count for level, code, period, count in found if level == "gemeente"} == known
    regions = {period: count for level, _, period, count in found if level == "regio"}
    assert regions == {year: sum(count for (_, each), count in known.items() if each == year) for year in regions}
    assert (regions["2019"], regions["2026"]) == (1_904_968, 2_030_417)
    assert real.execute("select distinct population_group from dim_population").fetchall() == [("totaal",)]  # the recording has no other
