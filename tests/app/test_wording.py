"""Numbers, periods and states as Dutch readers write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import wording


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, 1, "1.234,5"),
        (37483, 0, "37.483"),
        (2.85, 1, "2,9"),
        (0.04, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (-1234.0, 0, "-1.234"),
        (1e6, 2, "1.000.000,00"),
        (None, 1, ""),
    ],
)
def test_a_number_has_thousand_points_and_a_decimal_comma(value: float | None, decimals: int, written: str) -> None:
    assert wording.format_number(value, decimals) == written


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_written_number_reads_back_as_the_same_number(units: int, decimals: int) -> None:
    value = units / 10**decimals
    assert wording.parse_number(wording.format_number(value, decimals)) == pytest.approx(value, abs=0.5 * 10**-decimals)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.integers(0, 3))
def test_writing_a_number_never_moves_it_by_more_than_half_its_last_digit(value: float, decimals: int) -> None:
    assert abs(wording.parse_number(wording.format_number(value, decimals)) - value) <= 0.5 * 10**-decimals + 1e-3


def test_another_notation_is_not_read_as_a_number() -> None:
    with pytest.raises(ValueError, match="not a Dutch number"):
        wording.parse_number("1,234.5")


@pytest.mark.parametrize(
    ("period", "alone", "in_sentence", "last_day"),
    [
        ("2023", "2023", "2023", dt.date(2023, 12, 31)),
        ("2023Q3", "3e kwartaal 2023", "het 3e kwartaal van 2023", dt.date(2023, 9, 30)),
        ("2023Q4", "4e kwartaal 2023", "het 4e kwartaal van 2023", dt.date(2023, 12, 31)),
        ("2024-02", "februari 2024", "februari 2024", dt.date(2024, 2, 29)),
        ("2023-09", "september 2023", "september 2023", dt.date(2023, 9, 30)),
        ("2025/26", "schooljaar 2025/26", "het schooljaar 2025/26", dt.date(2026, 7, 31)),
        ("2021/23", "2021 tot en met 2023", "2021 tot en met 2023", dt.date(2023, 12, 31)),
    ],
)
def test_a_period_is_written_in_dutch_and_has_a_last_day(period: str, alone: str, in_sentence: str, last_day: dt.date) -> None:
    assert wording.format_period(period) == alone
    assert wording.period_in_sentence(period) == in_sentence
    assert wording.end_of_period(period) == last_day


@given(st.text(max_size=12))
def test_a_period_of_another_form_is_written_as_it_is(period: str) -> None:
    assert period in wording.format_period(period) or len(period) in (6, 7)


@pytest.mark.parametrize(
    ("value", "state", "written"),
    [
        (2.84, "waarde", "2,8"),
        (2.84, "voorlopig", "2,8*"),
        (None, "geheim", "x"),
        (0.0, "nihil", "-"),
        (None, "onbekend", "."),
        (None, "nvt", ""),
        (None, "waarde", "."),
    ],
)
def test_a_state_is_written_with_its_cbs_sign_and_no_gap_becomes_zero(value: float | None, state: str, written: str) -> None:
    assert wording.format_value(value, state, 1) == written


def test_a_number_that_stands_beside_a_withheld_state_is_never_written() -> None:
    assert wording.format_value(3.0, "geheim", 0) == "x"


def test_a_percentage_carries_its_sign_behind_the_number() -> None:
    assert wording.format_value(78.3, "voorlopig", 1, "% van de onderdelen") == "78,3%*"
    assert wording.unit_behind("% van de onderdelen") == "van de onderdelen"


def test_no_explanation_of_withheld_says_how_small_the_number_is() -> None:
    assert "minder dan" not in wording.STATE_MEANING["geheim"]
    assert "kleiner" not in wording.STATE_MEANING["geheim"]


@pytest.mark.parametrize("value", [dt.date(2026, 11, 22), dt.datetime(2026, 11, 22, 11, 30, tzinfo=dt.UTC), "2026-11-22T11:30:00+00:00", "2026-11-22"])
def test_a_date_of_any_type_is_written_in_dutch(value: object) -> None:
    assert wording.format_date(value) == "22 november 2026"


def test_a_date_that_is_not_there_is_not_invented() -> None:
    assert wording.format_date(None) == "nog niet"


@pytest.mark.parametrize(
    ("partner", "subject"),
    [
        ("Politie, eenheid Den Haag", "de politie"),
        ("CoMensha", "CoMensha"),
        ("CBS", "het CBS"),
        ("Gemeenten (verzameld door het RSIV)", None),
        ("Een Onbekende Partner", None),
    ],
)
def test_a_partner_is_the_subject_of_a_sentence_only_where_its_grammar_is_known(partner: str, subject: str | None) -> None:
    assert wording.partner_in_sentence(partner) == subject


@pytest.mark.parametrize(
    ("level", "code", "name", "listed", "inside"),
    [
        ("regio", "DH", "Eenheid Den Haag", "Hele regio (Eenheid Den Haag)", "de regio"),
        ("district", "E", "Westland - Delft", "District E, Westland - Delft", "district E (Westland - Delft)"),
        ("zorgregio", "HGL", "Haaglanden", "Zorgregio Haaglanden", "de zorgregio Haaglanden"),
        ("gemeente", "GM0518", "'s-Gravenhage", "'s-Gravenhage (Den Haag)", "'s-Gravenhage"),
        ("gemeente", "onbekend", "onbekend", "Gebied onbekend", "onbekend"),
    ],
)
def test_an_area_has_a_name_for_lists_and_one_for_sentences(level: str, code: str, name: str, listed: str, inside: str) -> None:
    assert wording.area_label(level, code, name) == listed
    assert wording.area_in_sentence(level, code, name) == inside
