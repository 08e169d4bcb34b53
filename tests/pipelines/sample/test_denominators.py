"""The stand-ins for households and businesses are read like the answer of the service, are of a plausible size, and say what they are."""

from __future__ import annotations

import json

import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.intake.convert import convert
from pipelines.intake.reading import read_extract
from pipelines.sample.areas import GEMEENTEN
from pipelines.sample.denominators import stand_in_denominator

PEOPLE = {gemeente.code: gemeente.people for gemeente in GEMEENTEN}


@pytest.mark.parametrize(("delivery", "column", "least", "most"), [("cbs_huishoudens", "huishoudens", 0.3, 0.7), ("cbs_bedrijven", "vestigingen", 0.06, 0.2)])
def test_a_stand_in_holds_its_contract_and_has_a_plausible_number_per_inhabitant(delivery: str, column: str, least: float, most: float) -> None:
    contract = contract_of(delivery)
    table = contract.terms().odata
    assert table
    content = stand_in_denominator(table)
    assert content == stand_in_denominator(table)
    assert json.loads(content)["source"] == "synthetisch"
    typed, failures = convert(read_extract("stand_in.json", content, contract).rows.collect(), contract)
    assert failures.is_empty()
    contract.validate(typed.drop("source_row"), lazy=True)
    assert typed.height == 27 * 8
    shares = typed.select(pl.col(column) / pl.col("gemeente").replace_strict(PEOPLE)).to_series()
    assert shares.is_between(least, most).all()


def test_households_and_businesses_are_asked_of_the_service_by_gemeente_and_year_for_all_together() -> None:
    wanted = {name: contract_of(name).terms().odata for name in ("cbs_huishoudens", "cbs_bedrijven")}
    assert {name: table.filter_of("") for name, table in wanted.items() if table} == {
        "cbs_huishoudens": "LeeftijdReferentiepersoon eq '10000' and startswith(RegioS,'GM') and Perioden ge '2019JJ00'",
        "cbs_bedrijven": "BedrijfstakkenBranchesSBI2008 eq 'T001081' and startswith(RegioS,'GM') and Perioden ge '2019JJ00'",
    }
