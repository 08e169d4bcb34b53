"""What breaks a promise and what adds to it, kind by kind, and over all contracts."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import all_contracts, contract_of
from pipelines.codegen.breaking import breaks, is_same_promise
from pipelines.codegen.odcs import odcs

Document = dict[str, Any]
BEFORE = odcs(contract_of("halt_verwijzingen"))


def column(document: Document, name: str) -> dict[str, Any]:
    return next(each for each in document["schema"][0]["properties"] if each["name"] == name)


def custom(described: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in described["customProperties"] if each["property"] == name)


def edited(edit: Callable[[Document], object]) -> Document:
    document = copy.deepcopy(BEFORE)
    edit(document)
    return document


def without(document: Document, name: str) -> None:
    document["schema"][0]["properties"].remove(column(document, name))


def with_column(document: Document, **described: Any) -> None:
    document["schema"][0]["properties"].append({"name": "nieuw", "logicalType": "string", "physicalType": "varchar", "required": False, **described})


def with_rule(document: Document, implementation: str) -> None:
    document["schema"][0]["quality"].append({"name": "nieuwe_regel", "type": "custom", "engine": "polars", "implementation": implementation})


BREAKING: dict[str, tuple[Callable[[Document], object], str]] = {
    "removed": (lambda d: without(d, "delict"), "column delict is gone"),
    "renamed": (lambda d: column(d, "gemeente").update(name="woonplaats"), "column gemeente is gone, or renamed to woonplaats"),
    "type": (lambda d: column(d, "aantal").update(physicalType="double"), "column aantal changed its type from bigint to double"),
    "required": (lambda d: column(d, "aantal").update(required=True), "column aantal may no longer be empty"),
    "category": (lambda d: column(d, "delict")["enum"].pop(), "column delict lost 'overig'"),
    "listed": (lambda d: column(d, "gemeente").update(enum=[{"value": "Delft"}]), "column gemeente takes listed categories only"),
    "minimum": (lambda d: column(d, "aantal")["logicalTypeOptions"].update(minimum=1), "column aantal narrowed its minimum from 0 to 1"),
    "maximum": (lambda d: column(d, "aantal")["logicalTypeOptions"].update(maximum=9), "column aantal narrowed its maximum from none to 9"),
    "length": (lambda d: column(d, "gemeente")["logicalTypeOptions"].update(minLength=3), "column gemeente narrowed its minLength from 1 to 3"),
    "pattern": (lambda d: column(d, "kwartaal")["logicalTypeOptions"].update(pattern="^2026"), "column kwartaal changed its pattern to ^2026"),
    "key": (lambda d: column(d, "delict").pop("primaryKey"), "the key was delict + gemeente + kwartaal + leeftijd and is gemeente + kwartaal + leeftijd"),
    "asked": (with_column, "column nieuw is new"),
    "rule": (lambda d: with_rule(d, "x > 0"), "rule nieuwe_regel is new"),
    "other rule": (lambda d: d["schema"][0]["quality"][1].update(implementation="x > 0"), "rule geslaagd_is_afgerond changed"),
    "tolerance": (lambda d: custom(d, "tolerance").update(value=0.001), "the tolerance fell from 0.02 to 0.001"),
    "heading": (lambda d: custom(column(d, "kwartaal"), "headings")["value"].remove("periode"), "column kwartaal no longer takes the headings 'periode'"),
    "spelling": (lambda d: custom(column(d, "delict"), "spellings")["value"].pop("anders"), "column delict no longer takes the spellings 'anders'"),
}
ADDING: dict[str, Callable[[Document], object]] = {
    "bound made by the reader": lambda d: with_column(d, required=True, customProperties=[{"property": "madeFrom", "value": "aantal"}]),
    "category": lambda d: column(d, "delict")["enum"].append({"value": "fraude"}),
    "may be empty": lambda d: column(d, "gemeente").update(required=False),
    "wider minimum": lambda d: column(d, "aantal")["logicalTypeOptions"].update(minimum=-1),
    "no pattern": lambda d: column(d, "kwartaal")["logicalTypeOptions"].pop("pattern"),
    "heading": lambda d: custom(column(d, "kwartaal"), "headings")["value"].append("kw"),
    "no rule": lambda d: d["schema"][0]["quality"].pop(1),
    "tolerance": lambda d: custom(d, "tolerance").update(value=0.05),
    "retention": lambda d: custom(d, "bewaartermijnMaanden").update(value=12),
    "due later": lambda d: d["slaProperties"][1].update(value=90),
}
WORDS: dict[str, Callable[[Document], object]] = {
    "title": lambda d: d.update(name="Een andere titel"),
    "column description": lambda d: column(d, "aantal").update(description="Anders gezegd"),
    "examples": lambda d: column(d, "aantal").update(examples=[3]),
    "quirk": lambda d: d["description"].update(limitations="Een eigenaardigheid"),
    "owner": lambda d: d["team"].update(name="Een andere afdeling"),
    "change log": lambda d: custom(d, "changes")["value"].append("1.0.0: een toelichting"),
    "older now": lambda d: d.update(status="deprecated"),
}


@pytest.mark.parametrize("kind", BREAKING)
def test_each_kind_of_break_is_found_and_named(kind: str) -> None:
    edit, phrase = BREAKING[kind]
    assert breaks(BEFORE, edited(edit)) == [phrase]


@pytest.mark.parametrize("kind", ADDING)
def test_an_addition_breaks_nothing_and_is_another_promise(kind: str) -> None:
    after = edited(ADDING[kind])
    assert breaks(BEFORE, after) == []
    assert not is_same_promise(BEFORE, after)


@pytest.mark.parametrize("kind", WORDS)
def test_other_words_for_people_are_the_same_promise(kind: str) -> None:
    after = edited(WORDS[kind])
    assert breaks(BEFORE, after) == []
    assert is_same_promise(BEFORE, after)


def test_several_breaks_are_all_named() -> None:
    kinds = ("removed", "minimum", "tolerance")
    after = edited(lambda document: [BREAKING[kind][0](document) for kind in kinds])
    assert breaks(BEFORE, after) == [BREAKING[kind][1] for kind in kinds]


@given(st.sampled_from(all_contracts()), st.data())
def test_no_contract_breaks_itself_and_each_column_that_goes_is_named(contract: Any, data: st.DataObject) -> None:
    before = odcs(contract)
    assert breaks(before, copy.deepcopy(before)) == []
    after = copy.deepcopy(before)
    gone = data.draw(st.sampled_from(after["schema"][0]["properties"]))
    after["schema"][0]["properties"].remove(gone)
    assert breaks(before, after)[0].startswith(f"column {gone['name']} is gone")


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.sampled_from(["minimum", "maximum"]))
def test_a_bound_breaks_when_it_lets_less_through_and_only_then(was: float, now: float, option: str) -> None:
    before, after = (edited(lambda d, value=value: column(d, "aantal").update(logicalTypeOptions={option: value})) for value in (was, now))  # type: ignore[misc]
    assert bool(breaks(before, after)) == (now > was if option == "minimum" else now < was)


@given(st.sets(st.sampled_from("abcdef"), min_size=1), st.sets(st.sampled_from("abcdef"), min_size=1))
def test_categories_break_when_one_of_them_goes_and_only_then(was: set[str], now: set[str]) -> None:
    before, after = (edited(lambda d, values=values: column(d, "delict").update(enum=[{"value": each} for each in values])) for values in (was, now))  # type: ignore[misc]
    assert bool(breaks(before, after)) == bool(was - now)
