"""OData version 4 against a local server with recorded answers of CBS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from data_contracts import contract_of
from data_contracts.base import ODataTable
from pipelines.intake.connectors import paging
from pipelines.intake.connectors.odata_v4 import fetch_slice
from pipelines.intake.connectors.paging import ServiceUnreachable
from tests.pipelines.intake.odata_service import Service, recorded_population


@pytest.fixture
def service(open_data: Path) -> Iterator[Service]:
    with recorded_population(open_data) as server:
        yield server


@pytest.fixture
def table() -> ODataTable:
    table = contract_of("cbs_bevolking").terms().odata
    assert table
    return table


def test_pages_are_followed_to_the_last_one_and_failures_survived(service: Service, table: ODataTable) -> None:
    service.failures = 2
    answer = json.loads(fetch_slice(service.url, table, "totaal"))
    assert len(answer["value"]) == 13568
    assert len(service.requests) == 2 + 3
    asked = unquote(service.requests[0])
    assert "+" not in service.requests[0]
    assert asked.startswith("/odata/03759ned/Observations?$filter=Measure eq 'M000352' and BurgerlijkeStaat eq 'T001019'")
    assert asked.endswith("and (Geslacht eq 'T001038') and (Leeftijd eq '10000')")


def test_the_ages_and_sexes_of_the_contract_are_those_of_the_service(table: ODataTable, open_data: Path) -> None:
    def titles(dimension: str) -> dict[str, str]:
        """What CBS calls each code."""
        codes = json.loads((open_data / f"odata/v4_03759ned/codes-{dimension}.json").read_bytes())["value"]
        return {code["Identifier"]: code["Title"] for code in codes}

    ages, sexes = table.codes["Leeftijd"], table.codes["Geslacht"]
    assert {code: titles("Leeftijd")[code] for code in ages} == {code: "Totaal" if age == "totaal" else f"{age} jaar" for code, age in ages.items()}
    assert {sexes[code]: titles("Geslacht")[code] for code in sexes} == {"totaal": "Totaal mannen en vrouwen", "man": "Mannen", "vrouw": "Vrouwen"}
    asked = [code for codes in table.slices.values() for code in codes["Leeftijd"] if code != "10000"]
    assert sorted(asked) == sorted(set(ages) - {"10000"})  # each year of age once


def test_an_unchanged_answer_has_the_same_bytes(service: Service, table: ODataTable) -> None:
    assert fetch_slice(service.url, table, "totaal") == fetch_slice(service.url, table, "totaal")


@pytest.mark.parametrize("way", ["next page", "redirect"])
def test_no_step_is_made_to_another_host(service: Service, table: ODataTable, way: str) -> None:
    if way == "redirect":
        service.redirect = "http://elders.example/odata"
    else:
        service.foreign_host = "elders.example"
    with pytest.raises(ServiceUnreachable, match="another host"):
        fetch_slice(service.url, table, "totaal")
    assert len(service.requests) == 1


def test_a_redirect_on_the_same_host_is_followed(service: Service, table: ODataTable) -> None:
    service.redirect = "/odata/03759ned/Observations?from=here"
    assert len(json.loads(fetch_slice(service.url, table, "totaal"))["value"]) == 13568
    assert len(service.requests) == 1 + 3


def test_a_page_that_breaks_off_is_asked_again(service: Service, table: ODataTable) -> None:
    service.cuts = 2
    assert len(json.loads(fetch_slice(service.url, table, "totaal"))["value"]) == 13568
    service.cuts = 3
    with pytest.raises(ServiceUnreachable, match="ChunkedEncodingError"):
        fetch_slice(service.url, table, "totaal")


def test_a_service_that_never_ends_is_left(service: Service, table: ODataTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGES_AT_MOST", 2)
    with pytest.raises(ServiceUnreachable, match="more than 2 pages"):
        fetch_slice(service.url, table, "totaal")
    monkeypatch.setattr(paging, "BYTES_A_PAGE", 1000)
    with pytest.raises(ServiceUnreachable, match="ValueError"):
        fetch_slice(service.url, table, "totaal")


def test_a_table_without_a_dimension_of_the_contract_is_not_taken(service: Service, table: ODataTable) -> None:
    with pytest.raises(ServiceUnreachable, match="no Wijken"):
        fetch_slice(service.url, replace(table, columns={**table.columns, "Wijken": "gemeente"}), "totaal")
    with pytest.raises(ServiceUnreachable, match="no observations"):
        fetch_slice(service.url, table, "jongeren")  # the recording has no ages
    with pytest.raises(ServiceUnreachable, match="no observations"):
        fetch_slice(service.url, table, "geslacht")  # nor men and women apart
