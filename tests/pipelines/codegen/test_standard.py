"""The documents are held against the standard's own schema, strictly, and against datacontract's view of a break."""

from __future__ import annotations

import copy
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from data_contracts import all_contracts, contract_of, versions_of
from pipelines.codegen.odcs import odcs, odcs_yaml
from pipelines.codegen.standard import breaking_changes, findings, lint_errors, schema_errors

DELIVERY = "halt_verwijzingen"
NAME = f"{DELIVERY}-1.0.0.odcs.yaml"
VERSIONS = [version for contract in all_contracts() for version in versions_of(contract.terms().delivery)]

#: Places that the standard leaves free on purpose.
FREE = {"value", "arguments"}


def text_with(**changes: Any) -> str:
    """The document with another description of its column `delict`."""
    document = odcs(contract_of(DELIVERY))
    (column,) = (each for each in document["schema"][0]["properties"] if each["name"] == "delict")
    column.update(changes)
    return yaml.safe_dump(document, allow_unicode=True)


BEFORE = text_with()


def objects(part: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every mapping of a document."""
    if isinstance(part, dict):
        yield path
    for name, each in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from objects(each, (*path, name))


@pytest.mark.parametrize("contract", VERSIONS, ids=lambda contract: f"{contract.terms().delivery}-{contract.terms().version}")
def test_every_document_is_valid_by_the_strict_schema(contract: Any) -> None:
    assert schema_errors(odcs(contract)) == []


def test_a_field_that_the_standard_does_not_know_fails_wherever_it_stands() -> None:
    document = odcs(contract_of(DELIVERY))
    paths = [path for path in objects(document) if not FREE & set(path)]
    assert len(paths) > 50
    for path in paths:
        wrong = copy.deepcopy(document)
        place: Any = wrong
        for step in path:
            place = place[step]
        place["onbekendVeld"] = "x"
        assert schema_errors(wrong), path


def test_datacontract_lints_a_document_without_asking_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("datacontract called out")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert lint_errors(odcs_yaml(contract_of(DELIVERY))) == []


def test_datacontract_lint_can_find_something() -> None:
    assert lint_errors("apiVersion: v3.2.0\nkind: DataContract\nid: x\nschema: 3\n")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"physicalType": "bigint"}, "type"),
        ({"name": "feit"}, "Removed property delict"),
        ({"enum": [{"value": "geweld"}]}, "allowed values"),
        ({"logicalTypeOptions": {"maxLength": 10}}, "maxLength"),
        ({"primaryKey": False}, "key"),
    ],
    ids=["type", "removed", "category", "bound", "key"],
)
def test_datacontract_sees_the_break_too(changes: dict[str, Any], named: str) -> None:
    # not our own phrases, which begin with a small letter: those of datacontract
    assert any(named in message for message in breaking_changes(BEFORE, text_with(**changes)) if message[0].isupper())


def test_what_only_adds_breaks_nothing_in_both_views() -> None:
    document = yaml.safe_load(BEFORE)
    columns = document["schema"][0]["properties"]
    made = [{"property": "madeFrom", "value": "delict"}]
    columns.append({"name": "nieuw_minstens", "logicalType": "integer", "physicalType": "bigint", "required": True, "customProperties": made})
    next(column for column in columns if column["name"] == "delict")["enum"].append({"value": "fraude"})
    assert breaking_changes(BEFORE, yaml.safe_dump(document, allow_unicode=True)) == []


def test_a_document_that_breaks_an_earlier_commit_is_a_finding() -> None:
    found = list(findings({NAME: text_with(physicalType="bigint")}, {NAME: BEFORE}))
    assert any(line.startswith(f"{NAME}: column delict changed its type") for line in found)


def test_a_new_delivery_and_an_unchanged_one_are_no_finding() -> None:
    assert list(findings({NAME: BEFORE}, {})) == []
    assert list(findings({NAME: BEFORE}, {NAME: BEFORE})) == []


def test_a_break_in_a_new_major_version_is_no_finding_while_the_old_one_stays() -> None:
    newer = yaml.safe_dump(yaml.safe_load(text_with(physicalType="bigint")) | {"version": "2.0.0"}, allow_unicode=True)
    name = NAME.replace("1.0.0", "2.0.0")
    assert list(findings({NAME: BEFORE, name: newer}, {NAME: BEFORE})) == []
    assert list(findings({name: newer}, {NAME: BEFORE})) == [f"{NAME}: this version is gone; keep its class beside the newer one."]
