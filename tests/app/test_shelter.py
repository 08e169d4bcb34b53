"""Shelter: beds, occupancy and places as the release has them, nothing worked out from what is withheld, and a sentence where there is nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app import shelter
from app.figures import Area, Cell
from app.release import Release
from tests.app.conftest import page_html
from tests.app.shelter_fixture import write_release_with_shelter

OpenPage = Callable[..., AppTest]
REGION = Area("regio", "DH", "Eenheid Den Haag")


def cell(state: str, not_placed: float | None, sought: float | None) -> Cell:
    return Cell("regio", "DH", "2026Q3", "totaal", state, None, not_placed, sought)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In the place of the release of the other tests."""
    data_dir = tmp_path_factory.mktemp("with_shelter")
    write_release_with_shelter(data_dir)
    return data_dir


def test_placed_is_who_sought_shelter_without_who_got_none() -> None:
    assert shelter.steps(cell("waarde", 50.0, 85.0)) == {"Opvang gezocht": "85", "Geplaatst": "35", "Niet geplaatst": "50"}
    assert shelter.steps(cell("voorlopig", 50.0, 85.0))["Geplaatst"] == "35*"
    assert shelter.steps(cell("nihil", 0.0, 12.0)) == {"Opvang gezocht": "12", "Geplaatst": "12", "Niet geplaatst": "0"}
    assert shelter.beds(cell("waarde", 26.0, 29.0)) == {"Bedden": "29", "Bezet": "26", "Vrij": "3"}


@pytest.mark.parametrize(("state", "sign"), [("geheim", "x"), ("onbekend", ".")])
@pytest.mark.parametrize("numbers", [(None, None), (50.0, 85.0)])
def test_nothing_is_worked_out_from_a_cell_that_is_withheld_or_unknown(state: str, sign: str, numbers: tuple[float | None, float | None]) -> None:
    assert set(shelter.steps(cell(state, *numbers)).values()) == {sign}
    assert set(shelter.beds(cell(state, *numbers)).values()) == {sign}


def test_nothing_is_worked_out_where_one_of_two_numbers_is_not_there() -> None:
    assert set(shelter.steps(cell("waarde", 50.0, None)).values()) == set(shelter.steps(None).values()) == {"."}


def test_occupancy_has_all_beds_first_and_then_each_target_group(release: Release) -> None:
    series = shelter.occupancy(release.values_of(shelter.BEDS), REGION, "kwartaal")
    assert [group.label for group, _ in series] == ["Alle doelgroepen", "Vrouwen", "Mannen", "Minderjarigen", "Onbekend"]
    assert {len(cells) for _, cells in series} == {11}


def test_the_page_shows_numbers_side_by_side_charts_and_tables(open_page: OpenPage, release: Release) -> None:
    app = open_page("opvang")
    html = page_html(app)
    assert not app.exception
    assert app.selectbox(key="per").value == "kwartaal"
    assert "Niet in deze release staan: hoeveel slachtoffers AVIM vond" in html
    for name in ("Bedden", "Bezet", "Vrij", "Gevonden", "Opvang gezocht", "Geplaatst", "Niet geplaatst"):
        assert f"<h3>{name}</h3>" in html
    values = release.values_of(shelter.NOT_PLACED).filter((pl.col("period") == "2026Q3") & (pl.col("dimension_1") == "totaal"))
    sought, not_placed = values["denominator"][0], values["numerator"][0]
    row = app.table[-1].value.iloc[0]
    assert row.name == "3e kwartaal 2026"
    assert row.iloc[:3].tolist() == [rf"{sought:.0f}\*", rf"{sought - not_placed:.0f}\*", rf"{not_placed:.0f}\*"]
    charts = app.get("vega_lite_chart")
    assert len(charts) == 2
    assert all(chart.proto.alt for chart in charts)


def test_a_kind_of_period_that_one_part_does_not_have_is_said(open_page: OpenPage) -> None:
    app = open_page("opvang", per="jaar")
    assert not app.exception
    assert "Voor de regio zijn er geen cijfers per jaar." in page_html(app)
    assert "Het adres noemt een onbekende waarde voor periode-indeling" in page_html(open_page("opvang", per="<script>"))


def test_what_is_withheld_is_a_sign_and_in_no_chart(monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    everything = Release.values_of
    numbers = [pl.lit(7.125).alias(name) for name in ("value", "numerator", "denominator", "lower", "upper")]
    monkeypatch.setattr(Release, "values_of", lambda release, code: everything(release, code).with_columns(pl.lit("geheim").alias("state"), *numbers))
    app = open_page("opvang")
    assert not app.exception
    assert "Alle cijfers zijn hier geheim of onbekend." in page_html(app)
    shown = page_html(app) + json.dumps([chart.proto.spec for chart in app.get("vega_lite_chart")]) + str([table.value.to_dict() for table in app.table])
    assert "7.125" not in shown
    assert "7,1" not in shown


def test_without_figures_the_page_says_so(monkeypatch: pytest.MonkeyPatch, open_page: OpenPage) -> None:
    everything = Release.values_of
    monkeypatch.setattr(Release, "values_of", lambda release, code: everything(release, code).clear())
    app = open_page("opvang")
    assert "Deze release heeft nog geen cijfers over opvang." in page_html(app)
    assert not app.get("vega_lite_chart")


def test_only_the_page_on_mensenhandel_leads_there(open_page: OpenPage) -> None:
    def links(page: str) -> list[str]:
        return [link.proto.label for link in open_page(page).get("page_link") if link.proto.page == "opvang"]

    assert links("mensenhandel") == ["Opvang: bedden, bezetting en voor wie er geen plek was"]
    assert links("online_criminaliteit") == links("overzicht") == []
