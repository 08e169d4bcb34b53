"""The dark number beside registered figures: the words of the catalogue, the share of a survey, and no figure of the app's own."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Callable

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app import dark_number
from app.catalogue import Indicator
from app.figures import Area
from app.release import VALUE_COLUMNS, Release
from tests.app.conftest import PROJECT, page_html
from tests.app.release_fixture import SEEDS, catalogue

OpenPage = Callable[..., AppTest]
REGION = Area("regio", "DH", "Eenheid Den Haag")
#: Units of what the police and others register of crimes and of who was in them. Cases and referrals are what they themselves did.
REGISTERED = {"misdrijven", "slachtoffers", "aangiften", "registraties", "verdachten", "signalen", "incidenten", "gevallen", "euro"}
SURVEYS_AND_SHELTER = {"oc_aangiftebereidheid", "mh_opvang_niet_geplaatst_aandeel"}


def indicator_of(release: Release, indicator_id: str) -> Indicator:
    return next(one for one in release.indicators if one.id == indicator_id)


def with_survey(release: Release, state: str = "waarde") -> Release:
    """The release with a survey of how many victims of online crime reported it."""
    entry = {"indicator_id": "oc_aangiftebereidheid", "name": "Aangiftebereidheid (enquête)", "theme": "online_criminaliteit", "per": 100, "decimals": 1}
    survey = Indicator.from_entry(entry | {"unit": "slachtoffers", "value_unit": "% van de slachtoffers"})
    row = ["oc_aangiftebereidheid", "regio", "DH", "twee_jaar", "2025", "totaal", "totaal", "totaal", "totaal", state]
    numbers = [14.7 if state == "waarde" else None, *[None] * 4]
    values = pl.DataFrame([[*row, *numbers]], schema=release.values_of("oc_registraties").schema, orient="row").select(VALUE_COLUMNS)
    return dataclasses.replace(release, indicators=(*release.indicators, survey), by_indicator={**release.by_indicator, survey.id: values})


def test_the_catalogue_says_something_of_the_dark_number_of_all_that_is_registered() -> None:
    with (SEEDS / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["unit"] in REGISTERED and row["indicator_id"] not in SURVEYS_AND_SHELTER]
    assert len(rows) > 20
    entries = [{"indicator_id": row["indicator_id"], "name": row["name"], "theme": row["theme"], "limitations": row["limitations"]} for row in rows]
    assert [entry["indicator_id"] for entry in entries if not Indicator.from_entry(entry).unreported] == []


def test_the_note_has_the_words_of_the_catalogue_and_the_newest_survey(release: Release) -> None:
    said = dark_number.note(with_survey(release), indicator_of(release, "oc_registraties"), REGION)
    assert said.startswith("Niet alles is bekend. Slechts 16% van de slachtoffers meldde online criminaliteit of deed aangifte (2023)")
    assert said.endswith("Aangiftebereidheid (enquête), 2025, de regio: 14,7% van de slachtoffers.")


@pytest.mark.parametrize("state", ["geheim", "onbekend"])
def test_a_survey_without_a_figure_is_not_named(state: str, release: Release) -> None:
    assert "enquête" not in dark_number.note(with_survey(release, state), indicator_of(release, "oc_registraties"), REGION)


def test_a_survey_of_another_theme_says_nothing_here_and_the_survey_nothing_of_itself(release: Release) -> None:
    asked = with_survey(release)
    assert "enquête" not in dark_number.note(asked, indicator_of(release, "mh_slachtoffers"), REGION)
    assert dark_number.note(asked, asked.indicators[-1], REGION) == ""


def test_what_counts_no_reports_has_no_note(release: Release) -> None:
    assert dark_number.note(release, indicator_of(release, "mh_basisniveau_score"), REGION) == ""


def test_the_app_knows_no_dark_number_of_its_own() -> None:
    for name in ("dark_number", "catalogue"):
        assert not re.search(r"\d+ ?%", (PROJECT / "app" / f"{name}.py").read_text(encoding="utf-8"))


def test_the_page_of_a_theme_says_it_on_every_tile_and_beside_the_chosen_figure(open_page: OpenPage) -> None:
    html = page_html(open_page("online_criminaliteit"))
    assert any(entry["indicator_id"] == "oc_registraties" for entry in catalogue())
    assert html.count("Slechts 16% van de slachtoffers") >= 2
    assert "Niet alles is bekend." in html
