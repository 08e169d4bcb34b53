"""Which area a name means on a day, in the warehouse as in the seeds; and the real crimes of 2010 to 2020 on today's borders."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dbt_project import accepted
from tests.dbt_project.conftest import run_dbt

Warehouse = duckdb.DuckDBPyConnection


def seed(name: str) -> list[dict[str, str]]:
    with (accepted.ROOT / f"dbt_project/seeds/{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def meanings() -> dict[str, tuple[str, dt.date, dt.date]]:
    """By name of a gemeente, now or once: the gemeente of today, and the first and last day on which a row may use it."""
    far = dt.date(9999, 12, 31)
    today = {
        row["area_name"].lower(): (row["area_code"], dt.date.fromisoformat(row["naam_van"] or row["geldig_van"]), far)
        for row in seed("areas")
        if row["area_level"] == "gemeente"
    }
    day = dt.timedelta(days=1)
    once = {row["old_name"].lower(): (row["new_code"], dt.date(1900, 1, 1), dt.date.fromisoformat(row["opgegaan_op"]) - day) for row in seed("area_mergers")}
    return today | once


NAMES = meanings()


@given(st.sampled_from(sorted(NAMES)), st.dates(dt.date(2005, 1, 1), dt.date(2030, 12, 31)))
@settings(max_examples=200)
def test_a_name_means_one_area_of_today_or_nothing_on_any_day(warehouse: Warehouse, name: str, day: dt.date) -> None:
    query = "select area_code from dim_area_alias where area_level = 'gemeente' and alias = ? and ? between valid_from and valid_to"
    found = warehouse.execute(query, [name, day]).fetchall()
    code, first, last = NAMES[name]
    assert found == ([(code,)] if first <= day <= last else [])


def test_every_gemeente_that_ended_since_2010_is_known_before_and_not_after() -> None:
    ended = {row["old_name"]: row["opgegaan_op"] for row in seed("area_mergers") if row["opgegaan_op"] > "2010-01-01"}
    assert ended == {
        "Noordwijkerhout": "2019-01-01",
        **dict.fromkeys(("Bergambacht", "Nederlek", "Ouderkerk", "Schoonhoven", "Vlist"), "2015-01-01"),
        **dict.fromkeys(("Boskoop", "Rijnwoude"), "2014-01-01"),
        **dict.fromkeys(("Bodegraven", "Reeuwijk"), "2011-01-01"),
    }


def test_no_name_of_three_gemeenten_together_is_an_area(warehouse: Warehouse) -> None:
    assert warehouse.execute("select count(*) from dim_area_alias where area_level = 'gemeente' and alias like '%hlt%'").fetchall() == [(0,)]


def test_every_wijk_of_den_haag_and_leiden_has_a_basisteam(open_data: Path) -> None:
    import json

    wijken = [each["properties"] for each in json.loads((open_data / "geo/wijken27_2022.geojson").read_text(encoding="utf-8"))["features"]]
    listed = {row["wijk_code"]: row for row in seed("area_wijk_teams")}
    assert {row["wijk_name"] for row in listed.values()} <= {wijk["name"] for wijk in wijken}
    assert {wijk["code"] for wijk in wijken if wijk["gemeentecode"] in {"GM0518", "GM0546"}} <= set(listed) <= {wijk["code"] for wijk in wijken}
    assert Counter(code[:6] for code in listed)["WK0518"] == 44
    assert {row["zekerheid"] for row in listed.values()} == {"afgeleid", "twijfel"}


def crimes(folder: Path) -> list[accepted.Row]:
    """All rows of the real series of StatLine; a year in which a gemeente did not exist is 0 there."""
    (file,) = folder.glob("crime/cbs_83648NED_*.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        {"regio": row["RegioS"], "jaar": row["Perioden"], "misdrijven": int(float(row["TotaalGeregistreerdeMisdrijven_1"]))}
        for row in rows
        if row["TotaalGeregistreerdeMisdrijven_1"]
    ]


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory, open_data: Path) -> Iterator[Warehouse]:
    data = tmp_path_factory.mktemp("series")
    accepted.write_schemas(data)
    accepted.write_delivery(data, "politie_misdrijven", crimes(open_data))
    select = ("--select", "+int_misdrijven_harmonised", "--indirect-selection", "cautious", "--exclude-resource-type", "unit_test")
    assert run_dbt(data, "build", *select).success
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


def test_ten_years_of_real_crimes_on_todays_borders_lose_nothing(series: Warehouse, open_data: Path) -> None:
    spelled = {"'s-gravenhage (gemeente)", "rijswijk (zh.)"}
    expected = Counter[str]()
    for row in crimes(open_data):
        if row["regio"].lower() in spelled | set(NAMES):
            expected[row["jaar"]] += row["misdrijven"]
    # Reeuwijk is really missing in 2010: Bodegraven alone is not the Bodegraven-Reeuwijk of today, which is unknown in that year
    expected["2010"] -= sum(row["misdrijven"] for row in crimes(open_data) if row["jaar"] == "2010" and row["regio"] == "Bodegraven")
    found = dict(series.execute("select base_period, sum(crime_count) from int_misdrijven_harmonised group by 1").fetchall())
    assert len(expected) == 11
    assert found == expected


@pytest.mark.parametrize(
    ("area", "period", "count"), [("GM0484", "2013", 3_995 + 745 + 560), ("GM1931", "2014", 260 + 345 + 135 + 460 + 270), ("GM0575", "2018", 1_325 + 490)]
)
def test_the_year_before_a_merger_is_the_sum_of_the_old_gemeenten(series: Warehouse, area: str, period: str, count: int) -> None:
    assert series.execute("select sum(crime_count) from int_misdrijven_harmonised where leaf_code = ? and base_period = ?", [area, period]).fetchall() == [
        (count,)
    ]


def test_the_one_gemeente_that_is_really_missing_stays_missing(series: Warehouse) -> None:
    missing = "select distinct base_period from int_misdrijven_harmonised where leaf_code = 'GM1901'"
    assert series.execute(missing).fetchall() == []
    assert series.execute("select count(distinct leaf_code) from int_misdrijven_harmonised where base_period = '2020'").fetchall() == [(26,)]
