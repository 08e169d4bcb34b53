"""A merger of gemeenten, another district or another basisteam for a wijk is rows in the area seeds: no model, test or list of areas changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.dbt_project import accepted
from tests.dbt_project.conftest import PROJECT, run_dbt

Warehouse = duckdb.DuckDBPyConnection
OLD = ("GM0503", "GM0603")
HARBOUR = "WK051807"


def edit(seed: Path, *, without: tuple[str, ...] = (), more: tuple[str, ...] = (), **replaced: str) -> None:
    """Takes out the rows that start with `without`, replaces texts, and adds rows."""
    lines = [line for line in seed.read_text(encoding="utf-8").splitlines() if not line.startswith(without or ("\0",))]
    text = "\n".join([*lines, *more]) + "\n"
    for old, new in replaced.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    seed.write_text(text, encoding="utf-8")


def change_areas(seeds: Path) -> None:
    """Delft and Rijswijk become Delfrijk (GM9999) in 2024; Alphen aan den Rijn goes from district G to F in 2024; Scheveningen (the wijk) to B4."""
    edit(seeds / "areas.csv", without=OLD, more=("GM9999,gemeente,Delfrijk,2024-01-01,2010-01-01,,test,vast",))
    edit(seeds / "area_mergers.csv", more=("GM0503,Delft,GM9999,2024-01-01,test,vast", "GM0603,Rijswijk,GM9999,2024-01-01,test,vast"))
    new = ("GM9999,E,2010-01-01,,test,vast", "GM9999,HGL,2010-01-01,,test,vast", "GM0484,F,2024-01-01,,test,vast")
    edit(seeds / "area_parents.csv", without=OLD, more=new, **{"GM0484,G,2010-01-01,,": "GM0484,G,2010-01-01,2023-12-31,"})
    edit(seeds / "area_wijk_teams.csv", without=(HARBOUR,), more=(f"{HARBOUR},Wijk 07 Scheveningen,B4,2010-01-01,,test,vast",))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder = tmp_path_factory.mktemp("change")
    project, data = folder / "dbt_project", folder / "data"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    change_areas(project / "seeds")
    accepted.write_schemas(data)
    victims = [("V00001", "2023Q4", "Delft"), ("V00002", "2024Q1", "Delfrijk"), ("V00003", "2024Q1", "Delft"), ("V00004", "2023Q4", "Alphen aan den Rijn")]
    accepted.write_delivery(data, "comensha_slachtoffers", [accepted.melding(*victim) for victim in [*victims, ("V00005", "2024Q1", "Alphen aan den Rijn")]])
    accepted.write_delivery(data, "cbs_gebieden", accepted.wijken())
    people = [("GM0503", "2023", 100), ("GM0603", "2023", 50), ("GM9999", "2024", 160), ("GM0518", "2023", 4_400)]
    accepted.write_delivery(data, "cbs_bevolking", [accepted.inhabitants(*row) for row in people])
    select = ("--select", "+int_slachtoffers_harmonised", "+dim_population", "--indirect-selection", "cautious", "--exclude-resource-type", "unit_test")
    assert run_dbt(data, "build", *select, project=project).success
    connection = duckdb.connect(str(data / "warehouse.duckdb"), read_only=True)
    yield connection
    connection.close()


def leaf(changed: Warehouse, victim: str) -> str:
    ((code,),) = changed.execute("select leaf_code from int_slachtoffers_harmonised where victim_id = ?", [victim]).fetchall()
    return str(code)


def district(changed: Warehouse, gemeente: str, day: str) -> str:
    ((code,),) = changed.execute(
        "select area_code from dim_area_member where leaf_code = ? and area_level = 'district' and cast(? as date) between valid_from and valid_to",
        [gemeente, day],
    ).fetchall()
    return str(code)


def test_what_was_before_the_merger_counts_in_the_new_gemeente(changed: Warehouse) -> None:
    assert leaf(changed, "V00001") == "GM9999"
    assert district(changed, "GM9999", "2023-10-01") == "E"


def test_after_it_the_new_name_counts_and_an_old_name_is_unknown(changed: Warehouse) -> None:
    assert leaf(changed, "V00002") == "GM9999"
    assert leaf(changed, "V00003") == "HGL-onbekend"


def test_a_gemeente_of_another_district_counts_there_from_that_day(changed: Warehouse) -> None:
    assert (leaf(changed, "V00004"), leaf(changed, "V00005")) == ("GM0484", "GM0484")
    assert (district(changed, "GM0484", "2023-10-01"), district(changed, "GM0484", "2024-01-01")) == ("G", "F")


def test_the_inhabitants_of_the_new_gemeente_are_those_of_the_old_ones_before_it(changed: Warehouse) -> None:
    rows = "select period, population_count from dim_population where area_code = 'GM9999' and period_grain = 'jaar' and period in ('2023', '2024') order by 1"
    assert changed.execute(rows).fetchall() == [("2023", 150), ("2024", 160)]


def test_a_wijk_of_another_basisteam_takes_its_inhabitants_along(changed: Warehouse) -> None:
    # 44 wijken of 100 each: Scheveningen (B3) had nine of them and Segbroek (B4) five
    rows = "select area_code, population_count from dim_population where area_code in ('B3', 'B4') and period_grain = 'jaar' and period = '2023' order by 1"
    assert changed.execute(rows).fetchall() == [("B3", 800), ("B4", 600)]
