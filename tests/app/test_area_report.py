"""What is said of one gemeente or district, from a release written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app import area_report, wording
from app.figures import Area
from app.release import Release
from tests.app.conftest import page_html

OpenPage = Callable[..., AppTest]


def area(release: Release, code: str) -> Area:
    return area_report.choosable(release)[code]


def test_every_gemeente_and_district_has_a_page_and_no_other_area(release: Release) -> None:
    found = area_report.choosable(release)
    assert [one.level for one in found.values()].count("gemeente") == 27
    assert [code for code in found if len(code) == 1] == list("ABCDEFG")
    assert {one.level for one in found.values()} == {"gemeente", "district"}


def test_the_list_of_all_has_each_gemeente_once_under_its_district(release: Release) -> None:
    groups = area_report.by_district(release)
    assert [district and district.code for district, _ in groups] == [None, *"ABCDEFG"]
    assert sorted(one.code for _, inside in groups for one in inside) == sorted(code for code in area_report.choosable(release) if len(code) > 1)
    assert [one.code for one in groups[0][1]] == ["GM0518"]


@pytest.mark.parametrize(
    ("code", "beside", "sentence"),
    [
        ("GM0503", ["E", "DH"], "Delft ligt in district E (Westland - Delft) en de zorgregio Haaglanden."),
        ("GM0518", ["ABC", "DH"], "'s-Gravenhage ligt in Den Haag (A+B+C) en de zorgregio Haaglanden."),
        ("F", ["DH"], "District F, Leiden - Bollenstreek ligt in de zorgregio Hollands Midden."),
    ],
)
def test_an_area_stands_beside_what_it_lies_in(code: str, beside: list[str], sentence: str, release: Release) -> None:
    mine = area(release, code)
    assert [one.code for one in area_report.surroundings(release, mine)] == beside
    assert area_report.where_it_lies(release, mine) == sentence


def test_a_row_has_the_newest_period_that_is_over_and_the_same_of_all_areas(release: Release) -> None:
    mine = area(release, "GM0503")
    areas = [mine, *area_report.surroundings(release, mine)]
    rows = {row.indicator.id: row for row in area_report.rows_of(release, release.indicators, areas)}
    row = rows["mh_slachtoffers"]
    assert row.period == "2025"
    assert row.texts[0] == "x", "a withheld figure has its sign and no number"
    for row in rows.values():
        values = release.values_of(row.indicator.id).filter((pl.col("period") == row.period) & (pl.col("dimension_1") == "totaal"))
        for one, cell in zip(areas, row.cells, strict=True):
            known = values.filter((pl.col("area_level") == one.level) & (pl.col("area_code") == one.code))
            assert known["value"].to_list() == ([cell.value] if cell else [])


def test_what_exists_for_wider_areas_alone_is_named(release: Release) -> None:
    rows = area_report.rows_of(release, release.indicators, [area(release, "GM0503")])
    missing = area_report.not_known(release.indicators, rows)
    assert {row.indicator.name for row in rows} | set(missing) == {indicator.name for indicator in release.indicators}
    assert not {row.indicator.name for row in rows} & set(missing)


def test_the_agenda_has_what_is_to_come_for_the_area_and_what_lies_around_it(release: Release) -> None:
    mine = area(release, "GM0503")
    areas = [mine, *area_report.surroundings(release, mine)]
    assert [(one.day, one.what) for one in area_report.meetings(release, areas)] == [
        (dt.date(2026, 12, 10), "Les Snel geld"),
        (dt.date(2027, 1, 20), "Bijeenkomst keten"),
    ]
    assert area_report.held_last_year(release, area(release, "GM0553")) == 1
    assert area_report.held_last_year(release, mine) == 0


@pytest.mark.parametrize(("code", "also"), [("GM0553", "HLT"), ("GM0518", "Den Haag")])
def test_a_gemeente_is_found_by_what_readers_also_call_it(code: str, also: str, release: Release) -> None:
    mine = area(release, code)
    assert also in wording.search_label(mine.level, code, mine.name)


def test_without_a_choice_the_page_lists_all_areas(open_page: OpenPage) -> None:
    app = open_page("mijn_gemeente")
    assert not app.exception
    assert len([one for one in app.get("page_link") if "gebied=" in one.proto.query_string]) == 34
    assert not app.table


def test_an_address_opens_the_page_of_an_area(open_page: OpenPage) -> None:
    app = open_page("mijn_gemeente", gebied="GM0503")
    assert app.header[0].value == "Delft"
    assert "Delft ligt in district E" in page_html(app)
    assert list(app.table[0].value.columns) == ["Periode", "Delft", "District E", "Hele regio", "Eenheid"]
    assert "Het cijfer over 2025 voor Delft is geheim." in page_html(app)


@pytest.mark.parametrize("asked", ["DH", "GM9999", "<script>alert(1)</script>", "x" * 10_000])
def test_an_address_of_something_else_gives_the_list_and_says_so(asked: str, open_page: OpenPage) -> None:
    app = open_page("mijn_gemeente", gebied=asked)
    assert not app.exception
    assert len([one for one in app.get("page_link") if "gebied=" in one.proto.query_string]) == 34
    assert "Het adres noemt een onbekende waarde voor gebied." in page_html(app)
    assert "script>alert" not in page_html(app)
