"""Figures of a small accepted state (tests/dbt_project/accepted.py) that a person can add up from the fixture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

Warehouse = duckdb.DuckDBPyConnection
Cell = tuple[str, float | None, float | None, float | None]


def cell(warehouse: Warehouse, indicator: str, area: str, period: str, category: str = "totaal", level: str | None = None) -> Cell:
    """State, value, numerator and denominator of one cell; fails where it stands twice or not at all."""
    rows = warehouse.execute(
        "select state, value, numerator, denominator from mart_indicators where indicator_id = ? and area_code = ? and period = ? and category_1 = ? "
        "and (area_level = ? or ? is null)",
        [indicator, area, period, category, level, level],
    ).fetchall()
    assert len(rows) == 1, f"{len(rows)} rows for {indicator} {area} {period} {category}"
    state, value, numerator, denominator = rows[0]
    return state, value, numerator, denominator


def exists(warehouse: Warehouse, condition: str) -> bool:
    return warehouse.execute(f"select count(*) from mart_indicators where {condition}").fetchone() != (0,)


def test_the_build_passes_and_warns_of_one_name_without_showing_it(build: Path, outcomes: dict[str, dict[str, Any]], warehouse: Warehouse) -> None:
    warnings = {node.split(".")[2]: outcome["failures"] for node, outcome in outcomes.items() if outcome["status"] == "warn"}
    assert warnings == {"assert_areas_are_known_int_slachtoffers_harmonised_": 1}
    assert "Nergenshuizen" not in (build / "logs/dbt.log").read_text(encoding="utf-8")


def test_crimes_are_per_1000_inhabitants(warehouse: Warehouse) -> None:
    assert cell(warehouse, "alg_misdrijven", "GM0518", "2023") == ("waarde", 10.0, 1_000.0, 100_000.0)
    assert cell(warehouse, "alg_misdrijven", "D", "2023") == ("waarde", 10.0, 4_000.0, 400_000.0)
    assert cell(warehouse, "alg_misdrijven", "DH", "2023") == ("waarde", 10.0, 27_000.0, 2_700_000.0)


def test_den_haag_counts_in_abc_and_in_no_district(warehouse: Warehouse) -> None:
    assert cell(warehouse, "alg_misdrijven", "ABC", "2023") == ("waarde", 10.0, 1_000.0, 100_000.0)
    assert not exists(warehouse, "indicator_id in ('alg_misdrijven', 'mh_slachtoffers') and area_code in ('A', 'B', 'C')")


def test_an_area_with_a_gemeente_missing_is_unknown_and_not_a_smaller_number(warehouse: Warehouse) -> None:
    for area in ("GM0503", "E", "HGL", "DH"):
        assert cell(warehouse, "alg_misdrijven", area, "2024") == ("onbekend", None, None, None)
    assert cell(warehouse, "alg_misdrijven", "F", "2024")[2] == 10_000.0


def test_a_missing_population_takes_the_nearest_earlier_year(warehouse: Warehouse) -> None:
    assert cell(warehouse, "alg_misdrijven", "GM0637", "2024") == ("waarde", 10.0, 1_000.0, 100_000.0)
    assert cell(warehouse, "alg_misdrijven", "GM0518", "2024") == ("waarde", 5.0, 1_000.0, 200_000.0)
    condition = "area_code = 'D' and period = '2024' and period_grain = 'jaar' and population_group = 'totaal'"
    assert warehouse.execute(f"select population_year from dim_population where {condition}").fetchall() == [(2023,)]


def test_the_sum_of_the_gemeenten_is_compared_with_the_total_of_the_source(warehouse: Warehouse) -> None:
    rows = warehouse.execute("select period, parts_sum, whole, difference from mart_reconciliation order by period").fetchall()
    assert rows == [("2022", 27_000.0, 26_998.0, 2.0), ("2023", 27_000.0, 27_000.0, 0.0)]


def test_a_victim_counts_once_a_period_however_many_report(warehouse: Warehouse) -> None:
    assert cell(warehouse, "mh_slachtoffers", "GM0503", "2023Q1")[2] == 1.0
    assert cell(warehouse, "mh_slachtoffers", "GM0503", "2023")[2] == 1.0
    assert cell(warehouse, "mh_slachtoffers", "DH", "2023")[2] == 7.0


def test_a_later_delivery_replaces_its_quarter_whole(warehouse: Warehouse) -> None:
    assert cell(warehouse, "mh_slachtoffers", "GM1783", "2023Q4") == ("nihil", 0.0, 0.0, 100_000.0)
    assert cell(warehouse, "mh_slachtoffers", "GM0518", "2023")[2] == 2.0


def counted(warehouse: Warehouse, indicator: str, level: str, area: str) -> int:
    """What was counted in 2023, also where nobody lives and a rate is unknown."""
    where = "area_level = ? and area_code = ? and period = '2023' and dimension_1 = 'totaal'"
    ((number,),) = warehouse.execute(f"select counted from fct_{indicator} where {where}", [level, area]).fetchall()
    return int(number)


def test_a_place_unknown_or_elsewhere_stays_in_its_zorgregio_and_stands_apart_below(warehouse: Warehouse) -> None:
    assert counted(warehouse, "mh_slachtoffers", "zorgregio", "HGL") == 6
    assert counted(warehouse, "mh_slachtoffers", "gemeente", "onbekend") == 2
    assert counted(warehouse, "mh_slachtoffers", "gemeente", "elders") == 1
    assert counted(warehouse, "mh_slachtoffers", "district", "elders") == 1
    assert not exists(warehouse, "indicator_id = 'mh_slachtoffers' and area_level = 'zorgregio' and area_code in ('onbekend', 'elders')")
    assert cell(warehouse, "mh_slachtoffers", "onbekend", "2023", level="gemeente") == ("onbekend", None, None, None)


def test_a_year_with_one_quarter_is_unknown_and_one_that_is_not_due_does_not_exist(warehouse: Warehouse) -> None:
    victims = "indicator_id in ('mh_slachtoffers', 'mh_slachtoffers_vorm')"
    assert cell(warehouse, "mh_slachtoffers", "DH", "2024Q1")[2] == 1.0
    assert cell(warehouse, "mh_slachtoffers", "DH", "2024") == ("onbekend", None, None, None)
    assert not exists(warehouse, f"{victims} and period in ('2024', '2024Q2', '2026Q3') and (state != 'onbekend' or value is not null)")
    assert not exists(warehouse, f"{victims} and period in ('2026', '2026Q4')")


def test_forms_overlap_and_are_never_totalled(warehouse: Warehouse) -> None:
    forms = {form: cell(warehouse, "mh_slachtoffers_vorm", "DH", "2023", form)[2] for form in ("seksueel", "arbeid", "crimineel")}
    assert forms == {"seksueel": 5.0, "arbeid": 2.0, "crimineel": 1.0}
    assert not exists(warehouse, "indicator_id = 'mh_slachtoffers_vorm' and category_1 = 'totaal'")
    assert cell(warehouse, "mh_slachtoffers_vorm", "HM", "2023", "arbeid") == ("nihil", 0.0, 0.0, None)


def test_registrations_add_from_months_to_quarters_and_years(warehouse: Warehouse) -> None:
    assert cell(warehouse, "oc_registraties", "D1", "2023-03")[2] == 1.0
    assert cell(warehouse, "oc_registraties", "D1", "2023Q1")[2] == 3.0
    assert cell(warehouse, "oc_registraties", "DH", "2023")[1:] == pytest.approx((136 / 2_700, 136.0, 2_700_000.0))
    assert cell(warehouse, "oc_registraties", "DH", "2023", "bankhelpdeskfraude")[2] == 100.0


def test_a_revised_month_changes_its_quarter(warehouse: Warehouse) -> None:
    assert cell(warehouse, "oc_registraties", "DH", "2024-01")[2] == 5.0
    assert cell(warehouse, "oc_registraties", "DH", "2024Q1")[2] == 11.0


def test_a_team_of_den_haag_counts_in_its_district_and_abc_for_the_inhabitants_of_their_wijken(warehouse: Warehouse) -> None:
    assert cell(warehouse, "oc_registraties", "ABC", "2023")[1:] == pytest.approx((0.12, 12.0, 100_000.0))
    assert cell(warehouse, "oc_registraties", "C", "2023")[1:] == pytest.approx((12 / 26, 12.0, 26_000.0))
    assert cell(warehouse, "oc_registraties", "A", "2023") == ("nihil", 0.0, 0.0, 16_000.0)


def test_what_is_counted_without_a_place_has_no_rate(warehouse: Warehouse) -> None:
    assert cell(warehouse, "oc_registraties", "onbekend", "2023", level="district") == ("onbekend", None, None, None)
    assert counted(warehouse, "oc_registraties", "district", "onbekend") == 12


def test_young_suspects_are_divided_by_young_people_of_their_age(warehouse: Warehouse) -> None:
    assert cell(warehouse, "ja_verdachten_12_23", "D3", "2023") == ("waarde", 3.0, 36.0, 12_000.0)
    assert cell(warehouse, "ja_verdachten_12_23", "D3", "2023", "12-17") == ("waarde", 2.0, 12.0, 6_000.0)
    assert cell(warehouse, "ja_verdachten_12_23", "D3", "2023", "18-23") == ("waarde", 4.0, 24.0, 6_000.0)
    assert cell(warehouse, "ja_verdachten_12_23", "D3", "2023", "drugs") == ("waarde", 3.0, 36.0, 12_000.0)
    assert cell(warehouse, "ja_verdachten_12_23", "G3", "2023") == ("onbekend", None, None, None)


def test_a_rate_with_the_ages_of_the_region_is_that_of_the_region_itself_and_is_unknown_where_ages_are(warehouse: Warehouse) -> None:
    rows = warehouse.execute(
        "select area_code, event_count, population_count, crude_rate, standardised_rate from mart_standardised_rates "
        "where indicator_id = 'ja_verdachten_12_23' and period = '2023' and area_code in ('D3', 'DH', 'A1') order by 1"
    ).fetchall()
    assert rows[0] == ("A1", None, None, None, None)
    assert rows[1] == ("D3", 36, 12_000, 3.0, pytest.approx(3.0))
    assert rows[2] == ("DH", 40, 324_000, pytest.approx(40 / 324), pytest.approx(40 / 324))
    # nobody has an age below 12 or above 23 in this state
    of_all_ages = "indicator_id in ('mh_slachtoffers', 'oc_registraties')"
    assert warehouse.execute(f"select count(standardised_rate) from mart_standardised_rates where {of_all_ages}").fetchall() == [(0,)]


def test_who_has_an_age_without_inhabitants_stands_open_and_a_median_of_few_does_not(warehouse: Warehouse) -> None:
    assert cell(warehouse, "mh_slachtoffers", "DH", "2023")[2] == 7.0
    assert cell(warehouse, "mh_slachtoffers", "DH", "2023", "23-29") == ("onbekend", None, None, None)
    # a median of twelve reports, and six of the police: too few for one of their own, and nothing to find out from the total
    assert cell(warehouse, "mh_meldpunt_doorlooptijd", "DH", "2023Q1") == ("waarde", 3.0, 12.0, None)
    assert not exists(warehouse, "indicator_id = 'mh_meldpunt_doorlooptijd' and category_1 = 'politie' and period = '2023Q1'")


def test_a_gemeente_answers_again_under_another_name_and_counts_once(warehouse: Warehouse) -> None:
    assert cell(warehouse, "mh_basisniveau_score", "GM0503", "2025") == ("waarde", 87.5, 7.0, 8.0)
    assert cell(warehouse, "mh_basisniveau_score", "GM0603", "2025") == ("waarde", 62.5, 5.0, 8.0)
    assert cell(warehouse, "mh_basisniveau_score", "E", "2025") == ("waarde", 75.0, 12.0, 16.0)
    assert cell(warehouse, "mh_basisniveau_score", "GM0503", "2025", "Bibob-beleid") == ("nihil", 0.0, 0.0, 1.0)
    assert cell(warehouse, "mh_basisniveau_score", "GM0518", "2025") == ("onbekend", None, None, None)


def test_the_register_shows_the_newest_revision_with_its_smallest_area(warehouse: Warehouse) -> None:
    rows = warehouse.execute("select activiteit_id, area_level, area_code, area_name, deelnemers from mart_agenda order by 1").fetchall()
    assert rows == [
        ("B1", "district", "D", "Zoetermeer - Leidschendam/Voorburg", 40),
        ("C1", "regio", "DH", "Eenheid Den Haag", 0),
        ("T1", "gemeente", "GM0503", "Delft", 12),
    ]


def test_the_areas_name_their_district_and_zorgregio_and_the_two_rests_at_each_level(warehouse: Warehouse) -> None:
    levels = dict(warehouse.execute("select area_level, count(*) from mart_areas where area_code not in ('onbekend', 'elders') group by 1").fetchall())
    assert levels == {"regio": 1, "zorgregio": 2, "abc": 1, "district": 7, "basisteam": 28, "gemeente": 27}
    rests = warehouse.execute("select distinct area_level from mart_areas where area_code = 'elders' order by 1").fetchall()
    assert rests == [("basisteam",), ("district",), ("gemeente",), ("zorgregio",)]
    links = "select area_code, district_code, zorgregio_code, abc_code from mart_areas where area_code in ('GM0503', 'GM0518', 'C4', 'F', 'ABC') order by 1"
    assert warehouse.execute(links).fetchall() == [
        ("ABC", None, "HGL", None),
        ("C4", "C", "HGL", "ABC"),
        ("F", None, "HM", None),
        ("GM0503", "E", "HGL", None),
        ("GM0518", None, "HGL", "ABC"),
    ]
