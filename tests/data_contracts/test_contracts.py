"""What every contract must say, and that a contract which finds nothing wrong can find something wrong."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest
from pandera.errors import SchemaErrors

from data_contracts import all_contracts, contract_of, versions_of
from data_contracts.base import Contract, end_of_period, start_of_period

CONTRACTS = pytest.mark.parametrize("contract", all_contracts(), ids=lambda contract: contract.terms().delivery)
WRONG = pl.DataFrame({"regio": ["Delft", "Delft"], "jaar": ["2023", "twee"], "misdrijven": [-1, 3]})


@CONTRACTS
def test_a_contract_carries_the_law_owner_rhythm_and_key(contract: type[Contract]) -> None:
    terms = contract.terms()
    assert (contract.__doc__ or "").startswith("One row per ")
    assert contract.key()
    assert terms.period_column in contract.kinds()
    for text in (terms.law.doel, terms.law.grondslag, terms.law.convenant, terms.law.dpia, terms.owner, terms.partner, terms.title):
        assert text
    assert terms.law.bewaartermijn_maanden > 0
    assert set(terms.law.audiences) <= {"professional", "publiek"}
    assert terms.changes[-1].startswith(terms.version)
    assert 0 <= terms.tolerance < 0.5


@CONTRACTS
def test_every_column_says_what_it_is_and_every_alias_has_its_column(contract: type[Contract]) -> None:
    assert all(field["kind"] and field["description"] for field in contract.kinds().values())
    assert set(contract.terms().aliases) <= set(contract.kinds())


@CONTRACTS
def test_confidential_deliveries_protect_groups_unless_they_hold_no_persons(contract: type[Contract]) -> None:
    law = contract.terms().law
    if contract.terms().confidential and "geen persoonsgegevens" not in law.dpia:
        assert law.smallest_group["professional"] >= 5
        assert law.smallest_group["publiek"] >= 10


def test_a_wrong_frame_fails_its_contract() -> None:
    with pytest.raises(SchemaErrors) as errors:
        contract_of("politie_misdrijven").validate(WRONG, lazy=True)
    assert {"jaar", "misdrijven"} <= set(errors.value.failure_cases["column"])


def test_pandera_passes_a_wrong_lazy_frame_in_silence_which_is_why_we_validate_eager_ones() -> None:
    contract_of("politie_misdrijven").validate(WRONG.lazy(), lazy=True)


@pytest.mark.parametrize(("period", "end"), [("2026", "2026-12-31"), ("2026Q1", "2026-03-31"), ("2024-02", "2024-02-29"), ("2025/26", "2026-07-31")])
def test_a_period_ends_on_its_last_day(period: str, end: str) -> None:
    assert end_of_period(period).isoformat() == end


def test_what_is_no_period_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a period"):
        end_of_period("2026W3")


@pytest.mark.parametrize(
    ("period", "start"), [("2026", "2026-01-01"), ("2026Q1", "2026-01-01"), ("2026Q4", "2026-10-01"), ("2024-12", "2024-12-01"), ("2025/26", "2025-08-01")]
)
def test_a_period_begins_on_its_first_day(period: str, start: str) -> None:
    assert start_of_period(period).isoformat() == start


@pytest.mark.parametrize("begins", ["2023", "2023Q1", "2023-01"])
def test_a_version_judges_from_its_first_period_in_whatever_notation(begins: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = versions_of("helpwanted_sextortion")
    monkeypatch.setattr(new, "_terms", dataclasses.replace(new.terms(), from_period=begins))
    assert [contract_of("helpwanted_sextortion", period) for period in ("2022", "2022Q4", "2022-12")] == [old] * 3
    assert [contract_of("helpwanted_sextortion", period) for period in ("2023", "2023Q1", "2023-01", "2026Q3")] == [new] * 4
