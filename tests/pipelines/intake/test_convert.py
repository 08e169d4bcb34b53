"""Dutch spellings become typed values, and what cannot be read is named, never guessed."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import contract_of
from pipelines.intake.convert import IS_BOUND, Columns, _numbers, _read, convert, decimal_commas, read_bounds
from pipelines.intake.periods import read_date, read_month, read_quarter, read_school_year, read_year

REGISTRATIES = contract_of("politie_online_registraties")
SLACHTOFFERS = contract_of("comensha_slachtoffers")


def read(kind: str, *texts: str, comma: bool = False, **field: object) -> tuple[Columns, list[str | None]]:
    columns, rules = _read(pl.Series(texts), {"kind": kind, **field}, comma=comma)
    return columns, [None] * len(texts) if rules is None else rules.to_list()


def values(kind: str, *texts: str, comma: bool = False) -> list[object]:
    return read(kind, *texts, comma=comma)[0][""].to_list()


@pytest.mark.parametrize("text", ["2023Q4", "2023-K4", "Q4 2023", "4e kwartaal 2023", "2023 kwartaal 4", "K4-2023", "2023KW04", "2023 4e kwartaal*"])
def test_every_spelling_of_a_quarter_is_the_same_quarter(text: str) -> None:
    assert read_quarter(text) == "2023Q4"


@pytest.mark.parametrize(
    "text", ["2023-09", "09-2023", "9-2023", "september 2023", "sep 2023", "202309", "2023-09-01", "Sept. 2023", "2023MM09", "2023 september*", "01-09-2023"]
)
def test_every_spelling_of_a_month_is_the_same_month(text: str) -> None:
    assert read_month(text) == "2023-09"


@pytest.mark.parametrize("text", ["2025/26", "2025-2026", "2025/2026", "schooljaar 2025-2026", "2025-26", "2025SJ00", "2025/26*"])
def test_every_spelling_of_a_school_year_is_the_same_school_year(text: str) -> None:
    assert read_school_year(text) == "2025/26"


@pytest.mark.parametrize("text", ["2025/27", "2025-2025", "2025/2126", "2025", "schooljaar", "25/26"])
def test_years_that_do_not_follow_each_other_are_no_school_year(text: str) -> None:
    assert read_school_year(text) is None


def test_a_school_year_over_the_century_is_read() -> None:
    assert read_school_year("2099/00") == "2099/00"


@pytest.mark.parametrize("text", ["2024", "2024JJ00", "2024*", "2024**", "2024 (voorlopig)", "2024.0"])
def test_every_spelling_of_a_year_is_the_same_year(text: str) -> None:
    assert read_year(text) == "2024"


@pytest.mark.parametrize("text", ["2023Q5", "5e kwartaal 2023", "kwartaal", "2023", "Q4 23"])
def test_what_is_no_quarter_is_nothing(text: str) -> None:
    assert read_quarter(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "03-04-2026",
        "3-4-2026",
        "2026-04-03",
        "2026-4-3",
        "03/04/2026",
        "3.4.2026",
        "3 april 2026",
        "3 apr. 2026",
        "3-apr-2026",
        "vrijdag 3 april 2026",
        "20260403",
    ],
)
@pytest.mark.parametrize("time", ["", " 0:00", " 12:30:59", " 00:00:00.000000", "T00:00:00Z", " 12:30:00+02:00"])
def test_every_dutch_spelling_of_a_day_is_the_same_day(text: str, time: str) -> None:
    assert values("date", text + time) == [dt.date(2026, 4, 3)]


@pytest.mark.parametrize(
    "text", ["31-02-2026", "00-01-2026", "03-04-0206", "3-4-2206", "4/3/26", "03-13-2026", "onzin", "3 foo 2026", "46115", "31 april 2026"]
)
def test_a_day_that_does_not_exist_is_named(text: str) -> None:
    columns, rules = read("date", text, "03-04-2026")
    assert columns[""].to_list() == [None, dt.date(2026, 4, 3)]
    assert rules == ["is geen bestaande datum", None]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d"]))
def test_a_day_in_any_notation_comes_back(day: dt.date, notation: str) -> None:
    assert read_date(day.strftime(notation)) == day


MISSING = [".", "x", "X", "-", "–", "n.b.", "N.B.", "nb", "onb.", "geheim", "n.v.t.", "onbekend", "*", "..", "", "  ", "niet bekend"]


@pytest.mark.parametrize("kind", ["count", "number"])
def test_signs_for_missing_are_empty_and_no_failure(kind: str) -> None:
    columns, rules = read(kind, *MISSING, "5")
    assert columns[""].to_list() == [None] * len(MISSING) + [5]
    assert rules == [None] * (len(MISSING) + 1)


BOUNDS = {
    "<5": (0, 4),
    "< 5": (0, 4),
    "minder dan 5": (0, 4),
    "Kleiner dan 5": (0, 4),
    "<1.000": (0, 999),
    "≤4": (0, 4),
    "max. 4": (0, 4),
    "0-4": (0, 4),
    "1 t/m 4": (1, 4),
    "1–4": (1, 4),
    "1 tot en met 4": (1, 4),
}


@pytest.mark.parametrize("text", BOUNDS)
def test_a_bounded_count_is_never_a_number_but_what_is_known_of_it(text: str) -> None:
    columns, rules = read("count", text, "7", "x", bounded=True)
    assert {suffix: column.to_list() for suffix, column in columns.items()} == {
        "": [None, 7, None],
        "_minstens": [BOUNDS[text][0], 7, None],
        "_hoogstens": [BOUNDS[text][1], 7, None],
    }
    assert rules == [None, None, None]


@pytest.mark.parametrize("text", BOUNDS)
def test_a_bound_where_a_count_was_agreed_has_a_sentence_of_its_own(text: str) -> None:
    columns, rules = read("count", text, "7", "drie")
    assert columns[""].to_list() == [None, 7, None]
    assert rules == [IS_BOUND, None, "is geen geheel getal"]


@pytest.mark.parametrize("text", ["<0", "5-4", ">5", "5+", "ongeveer 5", "< vijf", "-4", "1-4-9"])
def test_what_bounds_nothing_is_no_bound(text: str) -> None:
    assert read_bounds(text) is None


def test_a_negative_count_is_read_as_one_so_that_the_contract_can_refuse_it() -> None:
    assert values("count", "-5", "5-", "\u22125", "- 5") == [-5, -5, -5, -5]


def test_thousand_points_and_decimal_commas_are_dutch_where_the_column_is() -> None:
    assert values("count", "1.234", "1.234.567", "12", "7,0", "1.5", "12.3456", "12 345", "1\u00a0234", "12 34", "1e+05") == [
        *(1234, 1234567, 12, 7, None, None, 12345, 1234, None, 100000)
    ]
    assert values("number", "1.234,56", "7", "1234.5", "1 234,5", comma=True) == [1234.56, 7.0, 1234.5, 1234.5]
    assert values("number", "1.5", "2.25", "1.234") == [1.5, 2.25, 1.234]


def test_signs_around_a_number_are_left_out() -> None:
    texts = ["€ 1.234,-", "16,4%", "16,4 %", "12,5-", "+3", "EUR 3,5", "1,5 euro", " 7 "]
    assert values("number", *texts, comma=True) == [1234.0, 16.4, 16.4, -12.5, 3.0, 3.5, 1.5, 7.0]


@pytest.mark.parametrize("text", ["inf", "-inf", "infinity", "1,2,3", "12 34", "0x10", "1_000", "drie", "=1+1", "--5"])
def test_what_is_no_number_is_named(text: str) -> None:
    for kind in ("number", "count"):
        columns, rules = read(kind, text)
        assert columns[""].to_list() == [None]
        assert rules[0] in {"is geen getal", "is geen geheel getal"}


def test_a_column_writes_commas_when_a_cell_says_so_wherever_it_stands() -> None:
    columns = {column: [""] * 3 for column in REGISTRATIES.kinds()} | {"source_row": [1, 2, 3]}
    number = next(column for column, field in REGISTRATIES.kinds().items() if field["kind"] == "number")
    whole = pl.DataFrame(columns | {number: ["1.234", "5,5", "7"]})
    commas = decimal_commas(whole.lazy(), REGISTRATIES)
    assert commas == {number}
    assert decimal_commas(whole.head(1), REGISTRATIES) == frozenset()
    parts = [convert(part, REGISTRATIES, commas=commas)[0] for part in whole.iter_slices(1)]
    assert pl.concat(parts).equals(convert(whole, REGISTRATIES)[0])
    assert parts[0][number].to_list() == [1234.0]


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_in_dutch_notation_comes_back(number: int) -> None:
    assert _numbers(pl.Series([f"{number:,}".replace(",", ".")]), whole=True, comma=False)[0].to_list() == [number]


@given(st.integers(min_value=0, max_value=10**9).map(lambda cents: cents / 100))
def test_an_amount_in_dutch_notation_comes_back(amount: float) -> None:
    text = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert _numbers(pl.Series([text]), whole=False, comma=True)[0].to_list() == [amount]


def test_several_values_are_sorted_and_joined_and_one_unknown_part_fails_the_cell() -> None:
    field = SLACHTOFFERS.kinds()["uitbuitingsvormen"]
    texts = ["Seksuele uitbuiting, arbeidsuitbuiting", "crimineel;crimineel", "arbeid/dienstverlening", "seksueel; iets"]
    columns, rules = _read(pl.Series(texts), field)
    assert columns[""].to_list() == ["arbeid|seksueel", "crimineel", "arbeid", None]
    assert rules is not None
    assert rules.to_list() == [None, None, None, "bevat iets dat niet in de lijst van het contract staat"]


def test_a_column_that_is_typed_already_keeps_its_values() -> None:
    assert _read(pl.Series([1.0, float("nan"), 2.5, None]), {"kind": "count"})[0][""].to_list() == [1, None, None, None]
    assert _read(pl.Series([1, 2], dtype=pl.UInt8), {"kind": "number"})[0][""].to_list() == [1.0, 2.0]
    assert _read(pl.Series([2026.0, 2025.0]), {"kind": "year"})[0][""].to_list() == ["2026", "2025"]
    assert _read(pl.Series([dt.datetime(2026, 4, 3, 12)]), {"kind": "date"})[0][""].to_list() == [dt.date(2026, 4, 3)]  # noqa: DTZ001
    assert _read(pl.Series([True, None]), {"kind": "flag"})[0][""].to_list() == [True, None]
    assert _read(pl.Series([1, 0, 2]), {"kind": "flag"})[1].to_list() == [None, None, "is geen ja of nee"]  # type: ignore[union-attr]
    columns, rules = _read(pl.Series([1, 2]), {"kind": "count", "bounded": True})
    assert [column.to_list() for column in columns.values()] == [[1, 2]] * 3
    assert rules is None


def test_unreadable_cells_are_named_by_row_column_and_rule_without_their_value() -> None:
    texts = {column: ["onzin", "onzin"] for column in REGISTRATIES.kinds()} | {"aantal": ["3", "drie"], "basisteam": ["A1", "A2"]}
    _, failures = convert(pl.DataFrame({**texts, "source_row": [2, 3]}), REGISTRATIES)
    assert failures.filter(column="aantal").rows() == [(3, "aantal", "is geen geheel getal")]
    assert "onzin" not in str(failures.to_dicts())


def test_the_typed_frame_has_the_columns_of_the_contract_and_their_types() -> None:
    texts = pl.DataFrame({column: ["x"] for column in SLACHTOFFERS.kinds()} | {"source_row": [1]})
    typed, _ = convert(texts, SLACHTOFFERS)
    assert typed.columns == [*SLACHTOFFERS.to_schema().columns, "source_row"]
    assert all(typed[name].dtype == column.dtype.type for name, column in SLACHTOFFERS.to_schema().columns.items())
