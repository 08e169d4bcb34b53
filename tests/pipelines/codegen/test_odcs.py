"""The Open Data Contract Standard document of a contract says what the contract says, and nothing that came from data."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from data_contracts import all_contracts, versions_of
from data_contracts.base import Contract
from pipelines.codegen.odcs import odcs, odcs_yaml

VERSIONS = [version for contract in all_contracts() for version in versions_of(contract.terms().delivery)]
EACH = pytest.mark.parametrize("contract", VERSIONS, ids=lambda contract: f"{contract.terms().delivery}-{contract.terms().version}")


def properties(contract: type[Contract]) -> dict[str, dict[str, Any]]:
    return {column["name"]: column for column in odcs(contract)["schema"][0]["properties"]}


@EACH
def test_a_document_has_the_columns_key_and_rules_of_its_contract(contract: type[Contract]) -> None:
    columns, quality = properties(contract), {rule["name"] for rule in odcs(contract)["schema"][0]["quality"]}
    assert list(columns) == list(contract.to_schema().columns)
    assert sorted((column["primaryKeyPosition"], name) for name, column in columns.items() if column.get("primaryKey")) == list(enumerate(contract.key(), 1))
    assert {rule.name for rule in contract.rules()} <= quality
    for name, field in contract.kinds().items():
        if field["kind"] == "category":
            assert [each["value"] for each in columns[name]["enum"]] == list(field["values"])  # type: ignore[call-overload]


@EACH
def test_a_document_carries_the_law_and_the_change_log(contract: type[Contract]) -> None:
    terms = contract.terms()
    custom = {each["property"]: each["value"] for each in odcs(contract)["customProperties"]}
    for name in ("doel", "grondslag", "convenant", "dpia"):
        assert custom[name] == getattr(terms.law, name)
    assert custom["bewaartermijnMaanden"] == terms.law.bewaartermijn_maanden
    assert custom["audiences"] == list(terms.law.audiences)
    assert custom["smallestGroup"] == dict(terms.law.smallest_group)
    assert custom["changes"] == list(terms.changes)


@EACH
def test_every_example_is_allowed_by_its_own_column(contract: type[Contract]) -> None:
    for name, column in properties(contract).items():
        options = column.get("logicalTypeOptions", {})
        for example in column.get("examples", []):
            assert re.search(options.get("pattern", ""), str(example)), name
            assert options.get("minimum", example) <= example <= options.get("maximum", example), name
            assert "enum" not in column, name


@EACH
def test_the_document_reads_back_as_it_was_written(contract: type[Contract]) -> None:
    assert yaml.safe_load(odcs_yaml(contract)) == odcs(contract)


def test_only_the_newest_version_is_active() -> None:
    for contract in all_contracts():
        states = [odcs(version)["status"] for version in versions_of(contract.terms().delivery)]
        assert states == ["deprecated"] * (len(states) - 1) + ["active"]


def test_a_bound_that_the_reader_makes_names_the_count_that_it_comes_from() -> None:
    columns = properties(next(contract for contract in all_contracts() if any(field.get("bounded") for field in contract.kinds().values())))
    made = {name: custom["value"] for name, column in columns.items() for custom in column.get("customProperties", []) if custom["property"] == "madeFrom"}
    assert made
    assert all(name in (f"{count}_minstens", f"{count}_hoogstens") and count in columns for name, count in made.items())
