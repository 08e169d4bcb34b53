"""A merger of gemeenten is rows in the area seeds: no model, test or list of areas changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.dbt_project import accepted
from tests.dbt_project.conftest import PROJECT, run_dbt

OLD = ("GM0503", "GM0603")


def merge_delft_and_rijswijk(seeds: Path) -> None:
    """Delft and Rijswijk become Delfrijk (GM9999) on 1 January 2024, in district E and Haaglanden."""
    areas = (seeds / "areas.csv").read_text(encoding="utf-8").splitlines()
    ended = [line.replace("2013-01-01,,", "2013-01-01,2023-12-31,") if line.startswith(OLD) else line for line in areas]
    (seeds / "areas.csv").write_text("\n".join([*ended, "GM9999,gemeente,Delfrijk,2024-01-01,,test,vast"]) + "\n", encoding="utf-8")
    with (seeds / "area_parents.csv").open("a", encoding="utf-8") as parents:
        parents.write("GM9999,E,2024-01-01,,test,vast\nGM9999,HGL,2024-01-01,,test,vast\n")


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("merger")
    project, data = folder / "dbt_project", folder / "data"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    merge_delft_and_rijswijk(project / "seeds")
    accepted.write_schemas(data)
    victims = [("V00001", "2023Q4", "Delft"), ("V00002", "2024Q1", "Delfrijk"), ("V00003", "2024Q1", "Delft")]
    accepted.write_delivery(data, "comensha_slachtoffers", [accepted.melding(*victim) for victim in victims])
    assert run_dbt(data, "build", "--select", "+int_slachtoffers_counted_by_area", "--exclude-resource-type", "unit_test", project=project).success
    connection = duckdb.connect(str(data / "warehouse.duckdb"), read_only=True)
    yield connection
    connection.close()


def victims(merged: duckdb.DuckDBPyConnection, period: str) -> dict[str, int]:
    return dict(
        merged.execute(
            "select area_code, numerator from int_slachtoffers_counted_by_area where period = ? and dimension_1 = 'totaal' "
            "and (area_code in ('GM0503', 'GM0603', 'GM9999', 'E', 'DH') or (area_level = 'gemeente' and area_code = 'onbekend'))",
            [period],
        ).fetchall()
    )


def test_before_the_merger_the_old_gemeenten_count_and_the_new_one_does_not_exist(merged: duckdb.DuckDBPyConnection) -> None:
    assert victims(merged, "2023Q4") == {"GM0503": 1, "GM0603": 0, "E": 1, "DH": 1, "onbekend": 0}


def test_after_it_the_new_gemeente_counts_in_the_same_district_and_an_old_name_is_unknown(merged: duckdb.DuckDBPyConnection) -> None:
    assert victims(merged, "2024Q1") == {"GM9999": 1, "E": 1, "DH": 2, "onbekend": 1}
