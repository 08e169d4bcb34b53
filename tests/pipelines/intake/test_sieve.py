"""The sieve before Pandera: together they say of every frame what Pandera says by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandera.polars as pa
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts import all_contracts, contract_of
from data_contracts.base import Contract
from pipelines.intake.checking.breaches import broken_rules
from pipelines.intake.checking.sieve import doubtful_rows, hashed_keys, twin_rows

SEVERAL = ("politie_jeugd_verdachten", "comensha_slachtoffers", "halt_verwijzingen", "avim_opvang", "cbs_veiligheidsmonitor", "politie_online_registraties")


def cells(column: pa.Column) -> st.SearchStrategy[object]:
    """Values of the type of a column, many of which break its rules."""
    allowed = [value for check in column.checks for value in check.statistics.get("allowed_values", ())]
    match column.dtype.type:
        case pl.Int64:
            some: st.SearchStrategy[object] = st.integers(-2, 12)
        case pl.Float64:
            some = st.sampled_from([-0.5, 0.0, 1.0, 4.5, 100.0, 100.5, float("nan")])
        case pl.Boolean:
            some = st.booleans()
        case pl.Date:
            some = st.sampled_from([dt.date(1999, 12, 31), dt.date(2000, 1, 1), dt.date(2026, 9, 30), dt.date(2100, 1, 1)])
        case _:
            words = ["A1", "2026Q3", "2026-09", "2026", "2025/26", "2026Q5", "P-000001", "", "x" * 201, "seksueel|arbeid", *allowed[:4]]
            some = st.sampled_from(words)
    return st.one_of(st.none(), some, some, some)


@st.composite
def frames(draw: st.DrawFn, contract: type[Contract]) -> pl.DataFrame:
    """Typed frames of a contract in which some rows come back, whole or with another value outside the key."""
    columns = contract.to_schema().columns
    rows = draw(st.lists(st.fixed_dictionaries({name: cells(column) for name, column in columns.items()}), min_size=1, max_size=8))
    rows += [dict(rows[place % len(rows)]) for place in draw(st.lists(st.integers(0, 7), max_size=3))]
    if draw(st.booleans()):
        last = list(columns)[-1]
        rows.append(rows[0] | {last: draw(cells(columns[last]))})
    schema = {name: column.dtype.type for name, column in columns.items()}
    return pl.DataFrame(rows, schema=schema).with_row_index("source_row", offset=2).cast({"source_row": pl.Int64}).select(*schema, "source_row")


def by_pandera(typed: pl.DataFrame, contract: type[Contract]) -> set[tuple[object, ...]]:
    return set(broken_rules(typed, contract, twins=bool(contract.key())).rows())


def by_sieve_and_pandera(typed: pl.DataFrame, contract: type[Contract]) -> set[tuple[object, ...]]:
    twins = twin_rows(hashed_keys(typed, contract))
    doubt = doubtful_rows(typed, contract) & ~twins
    return {row for part, both in ((doubt, False), (twins, True)) for row in broken_rules(typed.filter(part), contract, twins=both).rows()}


@pytest.mark.parametrize("delivery", SEVERAL)
@settings(max_examples=30)
@given(data=st.data())
def test_sieve_and_pandera_name_the_same_rows_columns_and_rules_as_pandera_of_all(delivery: str, data: st.DataObject) -> None:
    contract = contract_of(delivery)
    typed = data.draw(frames(contract))
    assert by_sieve_and_pandera(typed, contract) == by_pandera(typed, contract)


@pytest.mark.parametrize("contract", all_contracts(), ids=lambda contract: contract.terms().delivery)
def test_the_sieve_knows_every_check_of_every_contract(contract: type[Contract]) -> None:
    good_types = pl.DataFrame(schema={name: column.dtype.type for name, column in contract.to_schema().columns.items()})
    unknown = good_types.clear(3)  # three empty rows: doubted for their empty cells, or because nothing is known
    nullable = all(column.nullable for column in contract.to_schema().columns.values())
    assert not nullable
    assert doubtful_rows(unknown, contract).all()
    assert doubtful_rows(good_types, contract).is_empty()


def _checked(change: Callable[[pa.DataFrameSchema], pa.DataFrameSchema], monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What the sieve doubts of a good and a bad row, when the contract's schema is changed."""
    contract = contract_of("politie_jeugd_verdachten")
    schema = change(contract.to_schema())
    monkeypatch.setattr(contract, "to_schema", lambda: schema)
    rows = {"basisteam_woonplaats": "A1", "kwartaal": "2026Q3", "leeftijd": "12-17", "delict": "drugs", "first_offender": True, "aantal": [7, -7]}
    return doubtful_rows(pl.DataFrame(rows), contract).to_list()


def test_a_check_that_the_sieve_does_not_know_makes_every_row_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _checked(lambda schema: schema, monkeypatch) == [False, True]
    assert _checked(lambda schema: schema.update_column("aantal", checks=pa.Check.in_range(0, 9)), monkeypatch) == [True, True]
    assert _checked(lambda schema: schema.update_column("aantal", unique=True), monkeypatch) == [True, True]


def test_a_column_of_another_type_makes_every_row_doubtful() -> None:
    contract = contract_of("politie_jeugd_verdachten")
    frame = pl.DataFrame({name: [None] for name in contract.to_schema().columns}, schema_overrides={"aantal": pl.String})
    assert doubtful_rows(frame, contract).to_list() == [True]


def test_pandera_passes_a_lazy_frame_that_is_all_wrong_so_only_eager_ones_are_judged() -> None:
    contract = contract_of("politie_jeugd_verdachten")
    rows = {"basisteam_woonplaats": "A1", "kwartaal": "onzin", "leeftijd": "oud", "delict": "x", "first_offender": True, "aantal": -7}
    wrong = pl.DataFrame(rows)
    contract.validate(wrong.lazy(), lazy=True)  # says nothing
    assert len(by_pandera(wrong.with_columns(source_row=pl.lit(2, dtype=pl.Int64)), contract)) == 4


def test_twins_are_found_in_any_part_of_a_file_and_rows_without_a_key_are_none() -> None:
    assert twin_rows(pl.Series([5, None, 7, 5, None, 8], dtype=pl.UInt64)).to_list() == [True, False, False, True, False, False]
    assert twin_rows(pl.Series([], dtype=pl.UInt64)).is_empty()
