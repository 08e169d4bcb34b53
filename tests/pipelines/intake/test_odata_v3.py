"""OData version 3 against a local server with hand-made answers of the shape that politie and CBS give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.intake.connectors import odata_v3
from pipelines.intake.connectors.odata_v3 import fetch_slice
from pipelines.intake.connectors.paging import ServiceUnreachable
from pipelines.intake.judging import judge_landed
from pipelines.intake.odata import UNEXPLAINED
from pipelines.intake.opendata import gather_open_data
from pipelines.resources import Settings
from tests.pipelines.intake.odata_service import Row, Service, running_service

MISDRIJVEN, GEBIEDEN = contract_of("politie_misdrijven"), contract_of("cbs_gebieden")
REGIONS = {"GM0518": "'s-Gravenhage (gemeente)", "GM0546": "Leiden", "RE15  ": "Den Haag (RE)", "LD03": "West-Nederland (LD)"}
CRIMES: list[Row] = [
    {"ID": number, "SoortMisdrijf": "0.0.0 ", "RegioS": f"{code:<6}", "Perioden": f"{year}JJ00", "GeregistreerdeMisdrijven_1": value, "Aangiften_2": None}
    for number, (code, year, value) in enumerate(
        [("GM0518", 2023, 37483), ("GM0546", 2023, 7310), ("GM0546", 2024, None), ("RE15", 2023, 93770), ("LD03", 2023, 400000)]
    )
]
WIJKEN: list[Row] = [
    {"WijkenEnBuurten": code, "Gemeentenaam_1": f"{gemeente:<40}", "SoortRegio_2": "Wijk      ", "AantalInwoners_5": people}
    for code, gemeente, people in [("WK051801  ", "'s-Gravenhage", 0), ("WK054600  ", "Leiden", 3410), ("WK054601  ", "Leiden", None)]
]


def answer(path: str, query: dict[str, str]) -> list[Row]:
    columns = query.get("$select", "").split(",")
    rows: dict[str, list[Row]] = {
        "/odata/47013NED/TypedDataSet": CRIMES,
        "/odata/47013NED/RegioS": [{"Key": code, "Title": name} for code, name in REGIONS.items()],
        "/odata/85318NED/TypedDataSet": WIJKEN,
        "/odata/85318NED/WijkenEnBuurten": [{"Key": wijk["WijkenEnBuurten"], "Title": f"Wijk {number:02d} "} for number, wijk in enumerate(WIJKEN)],
        "/odata/85067NED/TypedDataSet": [
            {"RegioS": "GM0518", "Naam_2": "'s-Gravenhage ", "Naam_15": "Haaglanden "},
            {"RegioS": "GM0546", "Naam_2": "Leiden ", "Naam_15": "Hollands-Midden "},
        ],
    }
    return [{column: row[column] for column in columns if column in row} if columns != [""] else row for row in rows[path]]


@pytest.fixture
def service() -> Iterator[Service]:
    with running_service(answer, "odata.nextLink") as server:
        yield server


@pytest.fixture
def settings(service: Service, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, politie_url=service.url, cbs_feed_url=service.url)


def accepted(settings: Settings, delivery: str) -> pl.DataFrame:
    return pl.read_parquet(settings.accepted / delivery / "*.parquet")


def test_crimes_come_under_the_names_of_the_download_and_without_a_guess_for_null(settings: Settings, service: Service) -> None:
    (notice,) = gather_open_data(settings, MISDRIJVEN, ask_service=True)
    assert (notice.status, notice.file) == ("received", "politie_misdrijven.json")
    judge_landed(settings, MISDRIJVEN)
    rows = accepted(settings, "politie_misdrijven").sort("misdrijven").select("regio", "jaar", "misdrijven").rows()
    assert rows == [("Leiden", "2023", 7310), ("'s-Gravenhage (gemeente)", "2023", 37483), ("Den Haag (RE)", "2023", 93770)]
    assert "%270.0.0%20%27" in service.requests[0]  # the key with its padding
    assert "$format=json" in service.requests[0]


def test_an_unchanged_table_is_recognised(settings: Settings) -> None:
    assert [gather_open_data(settings, MISDRIJVEN, ask_service=True)[0].status for _ in range(2)] == ["received", "known"]


def test_wijken_get_their_names_gemeente_and_regio_from_the_lists_beside_them(settings: Settings) -> None:
    gather_open_data(settings, GEBIEDEN, ask_service=True)
    judge_landed(settings, GEBIEDEN)
    rows = accepted(settings, "cbs_gebieden").sort("wijk").select("jaar", "wijk", "naam", "gemeente", "regio", "inwoners").rows()
    assert rows == [("2022", "WK051801", "Wijk 00", "GM0518", "Haaglanden", 0), ("2022", "WK054600", "Wijk 01", "GM0546", "Hollands-Midden", 3410)]


def test_keys_lose_their_padding_and_null_is_marked_as_unexplained(service: Service) -> None:
    table = GEBIEDEN.terms().odata
    assert table
    rows = json.loads(fetch_slice(service.url, table, ""))["value"]
    assert [(row["WijkenEnBuurten"], row["Gemeentenaam_1"], row["ValueAttribute"]) for row in rows] == [
        ("WK051801", "'s-Gravenhage", "None"),
        ("WK054600", "Leiden", "None"),
        ("WK054601", "Leiden", UNEXPLAINED),
    ]


@pytest.mark.parametrize("link", ["odata.nextLink", ""])
def test_pages_are_followed_by_their_link_or_else_by_skip(service: Service, monkeypatch: pytest.MonkeyPatch, link: str) -> None:
    table = MISDRIJVEN.terms().odata
    assert table
    service.page, service.link = 2, link
    monkeypatch.setattr(odata_v3, "FULL_PAGE", 2)
    assert len(json.loads(fetch_slice(service.url, table, ""))["value"]) == len(CRIMES)


def test_a_table_with_other_columns_is_not_taken_and_the_missing_one_is_named(service: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "answer", lambda path, query: [{"RegioS": "GM0518", "Perioden": "2023JJ00", "GeregistreerdeMisdrijven_9": 1}])
    (notice,) = gather_open_data(settings, MISDRIJVEN, ask_service=True)
    assert "no GeregistreerdeMisdrijven_1" in notice.sentence
    assert "Synthetisch" in notice.sentence


@pytest.mark.parametrize("body", [[], ["geen rij"], [None]])
def test_an_answer_that_is_no_table_is_not_taken(service: Service, monkeypatch: pytest.MonkeyPatch, body: list[Row]) -> None:
    table = MISDRIJVEN.terms().odata
    assert table
    monkeypatch.setattr(service, "answer", lambda path, query: body)
    with pytest.raises(ServiceUnreachable, match="no rows"):
        fetch_slice(service.url, table, "")
