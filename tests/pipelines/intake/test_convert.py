"""Dutch spellings become typed values, and what cannot be read is named, never guessed."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import contract_of
from pipelines.intake.convert import _month, _numbers, _quarter, _read, convert

REGISTRATIES = contract_of("politie_online_registraties")
SLACHTOFFERS = contract_of("comensha_slachtoffers")


def read(kind: str, *texts: str) -> list[object]:
    return _read(kind, pl.Series(texts), {}).to_list()


@pytest.mark.parametrize("text", ["2023Q4", "2023-K4", "Q4 2023", "4e kwartaal 2023", "2023 kwartaal 4", "K4-2023", "2023KW04"])
def test_every_spelling_of_a_quarter_is_the_same_quarter(text: str) -> None:
    assert _quarter(text) == "2023Q4"


@pytest.mark.parametrize("text", ["2023-09", "09-2023", "9-2023", "september 2023", "sep 2023", "202309", "2023-09-01", "Sept. 2023"])
def test_every_spelling_of_a_month_is_the_same_month(text: str) -> None:
    assert _month(text) == "2023-09"


@pytest.mark.parametrize("text", ["2023Q5", "5e kwartaal 2023", "kwartaal", "2023", "Q4 23"])
def test_what_is_no_quarter_is_nothing(text: str) -> None:
    assert _quarter(text) is None


def test_dutch_dates_are_read_day_first_and_impossible_ones_are_nothing() -> None:
    assert read("date", "03-04-2026", "2026-04-03", "31-02-2026", "4/3/26") == [dt.date(2026, 4, 3), dt.date(2026, 4, 3), None, None]


def test_a_bounded_number_is_not_turned_into_a_number() -> None:
    assert read("count", "<5", "5", "x", "-", "n.b.") == [None, 5, None, None, None]


def test_thousand_points_and_decimal_commas_are_dutch_where_the_column_is() -> None:
    assert read("count", "1.234", "1.234.567", "12", "7,0", "1.5", "12.3456") == [1234, 1234567, 12, 7, None, None]
    assert read("number", "1.234,56", "7", "1234.5") == [1234.56, 7.0, 1234.5]
    assert read("number", "1.5", "2.25") == [1.5, 2.25]


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_in_dutch_notation_comes_back(number: int) -> None:
    assert _numbers(pl.Series([f"{number:,}".replace(",", ".")]), whole=True).to_list() == [number]


@given(st.integers(min_value=0, max_value=10**9).map(lambda cents: cents / 100))
def test_an_amount_in_dutch_notation_comes_back(amount: float) -> None:
    text = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert _numbers(pl.Series([text]), whole=False).to_list() == [amount]


def test_several_values_are_sorted_and_joined_and_one_unknown_part_fails_the_cell() -> None:
    field = SLACHTOFFERS.kinds()["uitbuitingsvormen"]
    read_forms = _read(
        "several", pl.Series(["Seksuele uitbuiting, arbeidsuitbuiting", "crimineel;crimineel", "arbeid/dienstverlening", "seksueel; iets"]), field
    )
    assert read_forms.to_list() == ["arbeid|seksueel", "crimineel", "arbeid", None]


def test_unreadable_cells_are_named_by_row_column_and_rule_without_their_value() -> None:
    texts = {column: ["onzin", "onzin"] for column in REGISTRATIES.kinds()} | {"aantal": ["3", "drie"], "basisteam": ["A1", "A2"]}
    _, failures = convert(pl.DataFrame({**texts, "source_row": [2, 3]}), REGISTRATIES)
    assert failures.filter(column="aantal").rows() == [(3, "aantal", "is geen geheel getal")]
    assert "onzin" not in str(failures.to_dicts())
