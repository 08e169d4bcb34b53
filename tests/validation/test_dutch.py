"""Numbers, periods and lists read as Dutch."""

from __future__ import annotations

import datetime as dt

import pytest

from validation.dutch import date_text, level_text, list_text, number_text, percentage_text, period_text


@pytest.mark.parametrize(("number", "text"), [(94093, "94.093"), (2.5, "2,5"), (0, "0"), (1234567.25, "1.234.567,2")])
def test_numbers_have_a_point_for_thousands_and_a_comma_for_decimals(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [("2026", "2026"), ("2026Q3", "het derde kwartaal van 2026"), ("2026-09", "september 2026"), ("2025/26", "2025/26"), ("2026-13", "2026-13")],
)
def test_periods_are_written_out(period: str, text: str) -> None:
    assert period_text(period) == text


def test_a_long_list_is_cut_and_counted() -> None:
    assert list_text([]) == ""
    assert list_text(["Delft"]) == "Delft"
    assert list_text(["Delft", "Gouda", "Leiden"]) == "Delft, Gouda en Leiden"
    assert list_text(list("abcdefg")) == "a, b, c, d en 3 andere"


def test_levels_know_their_plural() -> None:
    assert (level_text("gemeente", 27), level_text("district", 1)) == ("27 gemeenten", "1 district")


def test_shares_and_dates_are_dutch() -> None:
    assert (percentage_text(0.025), percentage_text(0.0001), percentage_text(0)) == ("2,5%", "minder dan 0,1%", "0%")
    assert date_text(dt.date(2026, 3, 1)) == "1 maart 2026"
