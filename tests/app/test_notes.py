"""What people say of the figures: the werkgroep's duiding, and the theme of the quarter."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app.figures import Area
from app.notes import notes_of, quarter_theme
from app.release import Release
from tests.app.conftest import page_html

REGION = Area("regio", "DH", "Eenheid Den Haag")


def with_register(release: Release, name: str, frame: pl.DataFrame) -> Release:
    return dataclasses.replace(release, registers={**release.registers, name: frame})


def test_notes_are_those_of_the_indicator_in_these_areas_the_newest_first(release: Release) -> None:
    indicator = next(one for one in release.indicators if one.id == "alg_misdrijven")
    note = release.registers["duiding"].row(0, named=True)
    rows = [note, {**note, "period": "2021", "titel": "Ouder"}, {**note, "area_level": "district", "area_code": "E"}, {**note, "indicator_id": "oc_schade"}]
    found = notes_of(with_register(release, "duiding", pl.DataFrame(rows)), indicator, [REGION])
    assert [one.heading for one in found] == ["2023, de regio: Minder misdrijven", "2021, de regio: Ouder"]
    assert found[0].source == "Werkgroep, 12 mei 2026"


def test_the_theme_of_the_quarter_stands_on_the_page_of_its_theme_alone(release: Release) -> None:
    said = "Thema van dit kwartaal: Digitale veiligheid. Campagne in de hele eenheid. Trekker: RSIV."
    assert quarter_theme(release, "online_criminaliteit") == said
    assert quarter_theme(release, "mensenhandel") == ""


@pytest.mark.parametrize(("day", "text"), [(dt.date(2026, 11, 30), "Startbijeenkomst op 30 november 2026."), (None, "Startbijeenkomst.")])
def test_the_theme_of_the_quarter_names_its_meeting(day: dt.date | None, text: str, release: Release) -> None:
    row = release.registers["kwartaalthemas"].row(0, named=True)
    frame = pl.DataFrame([{**row, "themas": "jonge aanwas|mensenhandel", "bijeenkomst": "Startbijeenkomst", "bijeenkomst_op": day}])
    assert text in quarter_theme(with_register(release, "kwartaalthemas", frame), "mensenhandel")
    assert quarter_theme(with_register(release, "kwartaalthemas", frame.with_columns(kwartaal=pl.lit("2026Q3"))), "mensenhandel") == ""


def test_a_page_shows_the_notes_to_its_indicator_and_the_theme_of_the_quarter(open_page: Callable[..., AppTest]) -> None:
    overview = page_html(open_page("overzicht", indicator="alg_misdrijven"))
    assert "De aangifte ging anders. (Werkgroep, 12 mei 2026)" in overview
    assert "Digitale veiligheid" in page_html(open_page("online_criminaliteit"))
