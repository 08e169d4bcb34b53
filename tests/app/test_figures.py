"""Which cells a page picks, and what it says of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app import figures
from app.catalogue import Breakdown, Indicator
from app.figures import Area, Cell
from app.release import Release

REGION = Area("regio", "DH", "Eenheid Den Haag")
RATE = Indicator.from_entry(
    {
        "indicator_id": "mh",
        "name": "Slachtoffers",
        "theme": "mensenhandel",
        "unit": "slachtoffers",
        "value_unit": "slachtoffers per 100.000 inwoners",
        "per": 100000,
        "decimals": 1,
    }
)
SHARE = Indicator.from_entry(
    {"indicator_id": "s", "name": "Score", "theme": "mensenhandel", "unit": "onderdelen", "value_unit": "% van de onderdelen", "per": 100, "decimals": 0}
    | {"numerator": "Onderdelen op orde", "denominator": "Onderdelen"}
)


def cell(
    state: str = "waarde",
    value: float | None = 2.84,
    numerator: float | None = 56.0,
    denominator: float | None = 1_971_000.0,
    code: str = "DH",
    period: str = "2023",
) -> Cell:
    return Cell("regio", code, period, "totaal", state, value, numerator, denominator)


def indicator_of(release: Release, indicator_id: str) -> Indicator:
    return next(one for one in release.indicators if one.id == indicator_id)


def test_a_rate_is_said_with_its_count_its_partner_and_its_unit() -> None:
    said = figures.sentence(RATE, cell(), REGION, "2023", "CoMensha")
    assert said == "In 2023 registreerde CoMensha 56 slachtoffers in de regio: 2,8 per 100.000 inwoners."


def test_a_median_is_told_in_its_own_unit_with_the_number_behind_it() -> None:
    median = replace(RATE, unit="meldingen", value_unit="dagen (mediaan)", per=None)
    said = figures.sentence(median, cell(value=2.0, numerator=165.0, denominator=None), REGION, "2025", "Meldpunt")
    assert said == "In 2025 was dit in de regio 2,0 dagen (mediaan), gemeten over 165 meldingen."


def test_an_estimate_of_a_survey_is_a_percentage_and_no_count() -> None:
    survey = replace(RATE, unit="inwoners van 15 jaar en ouder", value_unit="% van de inwoners van 15 jaar en ouder", per=None)
    said = figures.sentence(survey, cell(value=16.4, numerator=None, denominator=None), REGION, "2023", "CBS")
    assert said == "In 2023 was dit in de regio 16,4% van de inwoners van 15 jaar en ouder."


def test_a_partner_of_unknown_grammar_is_left_out_of_the_sentence() -> None:
    said = figures.sentence(RATE, cell(), REGION, "2023Q3", "Gemeenten (verzameld door het RSIV)")
    assert said == "In het 3e kwartaal van 2023 was het aantal slachtoffers in de regio 56: 2,8 per 100.000 inwoners."


def test_a_share_is_said_with_its_part_and_its_whole() -> None:
    said = figures.sentence(SHARE, cell(value=78.2, numerator=169.0, denominator=216.0), REGION, "2023")
    assert said == "In 2023 waren er in de regio 169 onderdelen op orde, van de 216 onderdelen: 78%."


@pytest.mark.parametrize("state", ["geheim", "onbekend", "nvt"])
def test_a_figure_without_a_number_is_said_without_a_number(state: str) -> None:
    said = figures.sentence(RATE, cell(state, None, None, None), Area("gemeente", "GM0503", "Delft"), "2023", "CoMensha")
    assert "Delft" in said
    assert not any(sign.isdigit() for sign in said.replace("2023", ""))
    assert "minder dan" not in said


def test_nihil_is_said_to_be_nothing_counted_and_not_unknown() -> None:
    assert figures.sentence(RATE, cell("nihil", 0.0, 0.0), REGION, "2023") == "In 2023 was het aantal slachtoffers in de regio nul."


def test_a_cell_that_the_release_lacks_is_said_to_be_absent() -> None:
    assert "geen cijfer" in figures.sentence(RATE, None, REGION, "2023")


def test_the_56_victims_of_2023_are_found_and_said(release: Release) -> None:
    indicator = indicator_of(release, "mh_slachtoffers")
    found = figures.find(release.values_of(indicator.id), REGION, "2023")
    assert found is not None
    assert found.numerator == 56
    assert "56 slachtoffers" in figures.sentence(indicator, found, REGION, "2023", "CoMensha")


def test_the_default_period_is_the_newest_that_is_over(release: Release) -> None:
    values = release.values_of("oc_registraties")
    assert figures.default_period(values, "maand", dt.date(2026, 8, 15)) == "2026-07"
    assert figures.default_period(values, "jaar", dt.date(2026, 11, 22)) == "2025"


def test_where_a_source_cannot_split_den_haag_the_map_shows_it_as_one(release: Release) -> None:
    codes = {one.area_code for one in figures.map_cells(release.values_of("alg_misdrijven"), "district", "2025")}
    assert codes == {"ABC", "D", "E", "F", "G"}


def test_the_map_never_holds_areas_that_lie_nowhere(release: Release) -> None:
    codes = {one.area_code for one in figures.map_cells(release.values_of("alg_misdrijven"), "gemeente", "2025")}
    assert len(codes) == 27
    assert not codes & {"onbekend", "elders"}


def test_an_indicator_with_overlapping_categories_has_no_total_and_is_never_added_up(release: Release) -> None:
    indicator = indicator_of(release, "mh_slachtoffers_vorm")
    values = release.values_of(indicator.id)
    by = figures.main_breakdown(indicator, values)
    assert by == Breakdown("uitbuitingsvorm", overlaps=True)
    cells = figures.breakdown(values, by, REGION, "2023")
    said = figures.breakdown_sentence(indicator, by, cells, REGION, "2023")
    assert said.startswith("In 2023 was het aantal slachtoffers in de regio naar uitbuitingsvorm: seksueel 31, arbeid 22 en crimineel 12.")
    assert said.endswith("Deze aantallen overlappen en worden nergens opgeteld.")
    assert "65" not in said


def test_age_bands_keep_their_order_and_unknown_comes_last(release: Release) -> None:
    cells = figures.breakdown(release.values_of("mh_slachtoffers"), Breakdown("leeftijdsgroep", overlaps=False), REGION, "2025")
    assert [one.category for one in cells] == ["0-17", "18-22", "23-29", "30-39", "60+", "onbekend"]


def test_a_change_is_only_said_between_two_numbers() -> None:
    now, before = cell(), cell(period="2022")
    assert figures.change(RATE, now, [before, now]) == "Periode ervoor (2022): 2,8"
    assert figures.change(RATE, now, [replace(before, state="geheim", value=None), now]) == ""
    assert figures.change(RATE, replace(now, state="geheim", value=None), [before, now]) == ""
