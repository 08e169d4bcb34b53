"""Personal data is refused at the door; the refusal names column and kind, never the value."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.intake.reading import Extract
from pipelines.intake.refusal import DeliveryRefused
from pipelines.intake.screening import passes_eleven_test, refuse_personal_data


def bsn(eight: str) -> str | None:
    rest = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), eight, strict=True)) % 11
    return eight + str(rest) if rest < 10 and int(eight) else None


def screen(heading: str, *values: str) -> None:
    refuse_personal_data("x.csv", Extract(pl.DataFrame({"source_row": range(len(values)), heading: values})))


@pytest.mark.parametrize(
    ("heading", "value", "kind"),
    [
        ("kenmerk", "111222333", "een BSN"),
        ("kenmerk", "111.222.333", "een BSN"),
        ("BSN", "geheim", "een BSN"),
        ("Geboortedatum", "", "een geboortedatum"),
        ("datum", "03-05-1994", "een geboortedatum"),
        ("plaats", "2511 CB", "een volledige postcode"),
        ("plaats", "2511cb", "een volledige postcode"),
        ("contact", "jan@voorbeeld.nl", "een e-mailadres"),
        ("contact", "bel 06-12345678", "een telefoonnummer"),
        ("contact", "+31 70 1234567", "een telefoonnummer"),
        ("Achternaam", "x", "een naam of adres"),
    ],
)
def test_what_looks_like_personal_data_is_refused_without_its_value(heading: str, value: str, kind: str) -> None:
    with pytest.raises(DeliveryRefused, match=kind) as refused:
        screen(heading, "gewoon", value)
    assert heading in str(refused.value)
    assert len(value) < 3 or value not in str(refused.value)


@pytest.mark.parametrize(
    "value", ["Webinar 2025 in Delft", "GM0518", "2026Q3", "RSIV-2026-014", "S-4f2a9c81", "1.234.567,89", "03-05-2026", "123456789012", "18-23", "123456789"]
)
def test_ordinary_cells_pass(value: str) -> None:
    screen("kolom", value)


@given(st.from_regex(r"\d{8}", fullmatch=True))
def test_every_number_that_the_tax_office_could_issue_is_caught(eight: str) -> None:
    number = bsn(eight)
    if number is None:
        return
    assert passes_eleven_test(number)
    with pytest.raises(DeliveryRefused):
        screen("kenmerk", number)


@given(st.from_regex(r"\d{8}", fullmatch=True), st.integers(min_value=1, max_value=9))
def test_one_wrong_last_digit_is_no_bsn(eight: str, shift: int) -> None:
    number = bsn(eight)
    if number is not None:
        assert not passes_eleven_test(number[:8] + str((int(number[8]) + shift) % 10))
