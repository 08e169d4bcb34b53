"""What rates are divided by: inhabitants, households and businesses of every area and period, of figures that a person can add up."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.dbt_project import accepted
from tests.dbt_project.conftest import run_dbt

Warehouse = duckdb.DuckDBPyConnection
INHABITANTS = (
    *(("GM0518", "2022", 4_403), ("GM0518", "2023", 8_800), ("GM0546", "2022", 1_001), ("GM0637", "2022", 700)),
    # Noordwijk and Noordwijkerhout are one gemeente since 2019; in 2017 one of them is missing
    *(("GM0575", "2017", 26), ("GM0575", "2018", 27), ("GM0576", "2018", 16), ("GM0575", "2019", 44)),
    *(("GM0363", "2022", 900_000),),
)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """44 wijken of Den Haag with 10 inhabitants each; Delft has businesses in 2023 and households in both years, and in 2022 no business."""
    data = tmp_path_factory.mktemp("populations")
    accepted.write_schemas(data)
    young = [accepted.inhabitants("GM0637", "2022", 10, str(age)) for age in range(12, 24)]
    by_sex = [accepted.inhabitants("GM0637", "2022", count, geslacht=sex) for sex, count in (("man", 340), ("vrouw", 360))]
    accepted.write_delivery(data, "cbs_bevolking", [*(accepted.inhabitants(*row) for row in INHABITANTS), *young, *by_sex])
    accepted.write_delivery(data, "cbs_gebieden", accepted.wijken())
    accepted.write_delivery(data, "cbs_huishoudens", [{"gemeente": "GM0503", "jaar": year, "huishoudens": 50} for year in ("2022", "2023")])
    businesses = [("GM0503", "2022", 0), ("GM0503", "2023", 15), ("GM0637", "2022", 0)]
    accepted.write_delivery(data, "cbs_bedrijven", [{"gemeente": code, "jaar": year, "vestigingen": count} for code, year, count in businesses])
    select = ("--select", "+dim_population", "assert_inhabitants_of_the_districts_of_an_area_sum_to_it", "--indirect-selection", "cautious")
    assert run_dbt(data, "build", *select, "--exclude-resource-type", "unit_test").success
    connection = duckdb.connect(str(data / "warehouse.duckdb"), read_only=True)
    yield connection
    connection.close()


def figure(people: Warehouse, area: str, period: str, group: str = "totaal", grain: str = "jaar") -> tuple[int, int, bool] | None:
    """Population, year of the figure and whether it was derived; None where there is no row."""
    query = "select population_count, population_year, is_derived from dim_population where (area_code, period, population_group, period_grain) = (?, ?, ?, ?)"
    rows = people.execute(query, [area, period, group, grain]).fetchall()
    return rows[0] if rows else None


def test_a_b_and_c_share_the_inhabitants_of_den_haag_by_their_wijken(people: Warehouse) -> None:
    # 8 wijken in A, 23 in B and 13 in C, of 44: 8,800 people are 200 a wijk
    found = [figure(people, area, "2023") for area in ("A", "B", "C", "ABC", "GM0518")]
    assert found == [(1_600, 2023, True), (4_600, 2023, True), (2_600, 2023, True), (8_800, 2023, False), (8_800, 2023, False)]


def test_the_parts_of_an_uneven_number_sum_to_it(people: Warehouse) -> None:
    assert sum((figure(people, area, "2022") or (0,))[0] for area in ("A", "B", "C")) == 4_403
    teams = people.execute(
        "select sum(population_count) from dim_population where area_level = 'basisteam' and area_code < 'D' and period = '2022' and period_grain = 'jaar'"
    )
    assert teams.fetchall() == [(4_403,)]


def test_a_basisteam_of_which_a_gemeente_is_missing_has_no_inhabitants(people: Warehouse) -> None:
    assert figure(people, "F5", "2022") == (500, 2022, True)  # five of the ten wijken of Leiden, of 1,001 people
    assert figure(people, "F3", "2022") is None  # Leiderdorp and Oegstgeest are not known
    assert figure(people, "E3", "2022") is None  # nobody said which wijken or gemeenten are its


def test_areas_of_wijken_have_inhabitants_and_no_age_groups(people: Warehouse) -> None:
    groups = people.execute("select distinct population_group from dim_population where is_derived").fetchall()
    assert groups == [("totaal",)]


def test_age_groups_are_the_years_of_age_added_up(people: Warehouse) -> None:
    assert [figure(people, "D1", "2022", group) for group in ("12-17", "18-23", "12-23")] == [(60, 2022, False), (60, 2022, False), (120, 2022, False)]


def test_a_band_of_which_a_year_of_age_is_missing_is_unknown(people: Warehouse) -> None:
    groups = people.execute("select distinct population_group from dim_population where area_code = 'D1' and population_group like '%-%' order by 1").fetchall()
    assert groups == [("12-13",), ("12-17",), ("12-23",), ("14-15",), ("16-17",), ("18-22",), ("18-23",)]
    assert figure(people, "D1", "2022", "60+") is None  # the rest of all, when those below 60 are known


def test_men_and_women_stand_beside_the_total_and_never_in_it(people: Warehouse) -> None:
    rows = people.execute("select sex, inhabitant_count from int_bevolking_harmonised where gemeente_code = 'GM0637' and age = 'totaal' order by 1").fetchall()
    assert rows == [("man", 340), ("totaal", 700), ("vrouw", 360)]
    groups = [figure(people, "GM0637", "2022", group) for group in ("totaal", "man", "vrouw")]
    assert groups == [(700, 2022, False), (340, 2022, False), (360, 2022, False)]


def test_the_gemeenten_before_a_merger_are_added_and_one_that_misses_is_not_filled_in(people: Warehouse) -> None:
    assert figure(people, "GM0575", "2017") is None
    assert figure(people, "GM0575", "2018") == (43, 2018, False)
    assert figure(people, "GM0575", "2019") == (44, 2019, False)


def test_a_year_that_cbs_has_not_published_takes_the_nearest_earlier_one_and_says_so(people: Warehouse) -> None:
    assert figure(people, "GM0518", "2026") == (8_800, 2023, False)
    assert figure(people, "GM0518", "2026Q3", grain="kwartaal") == figure(people, "GM0518", "2026-09", grain="maand") == (8_800, 2023, False)
    assert figure(people, "GM0518", "2021") is None


def test_a_school_year_takes_the_year_in_which_it_starts_and_three_years_are_added(people: Warehouse) -> None:
    assert figure(people, "GM0518", "2022/23", grain="schooljaar") == (4_403, 2022, False)
    assert figure(people, "GM0518", "2022/24", grain="drie_jaar") == (4_403 + 8_800 + 8_800, 2023, False)
    assert figure(people, "GM0518", "2021/23", grain="drie_jaar") is None


def test_a_denominator_of_nobody_is_no_row(people: Warehouse) -> None:
    assert figure(people, "GM0503", "2022", "bedrijven") is None
    assert figure(people, "GM0503", "2023", "bedrijven") == (15, 2023, False)
    assert figure(people, "GM0637", "2022", "bedrijven") is None
    assert figure(people, "GM0503", "2022", "huishoudens") == (50, 2022, False)


def test_a_gemeente_outside_the_region_is_left_out(people: Warehouse) -> None:
    assert people.execute("select count(*) from dim_population where area_code = 'GM0363'").fetchall() == [(0,)]
