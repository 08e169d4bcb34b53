"""Open data over HTTP: what is public, for everybody, as it was published, and nothing else."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from rdflib import DCAT, Graph
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from app import open_data
from tests.app.conftest import page_html
from tests.app.release_fixture import RELEASE_ID, write_release

HOSTILE = [
    f"/open-data/{RELEASE_ID}/../professional/values.parquet",
    f"/open-data/{RELEASE_ID}/..%2fprofessional%2fvalues.parquet",
    f"/open-data/{RELEASE_ID}/%2e%2e/professional/values.parquet",
    f"/open-data/{RELEASE_ID}/..%5cprofessional%5cvalues.parquet",
    f"/open-data/{RELEASE_ID}/professional/values.parquet",
    f"/open-data/{RELEASE_ID}/publiek/values.csv",
    f"/open-data/{RELEASE_ID}/./values.csv",
    f"/open-data//{RELEASE_ID}/values.csv",
    f"/open-data/{RELEASE_ID}/values.csv/",
    f"/open-data/{RELEASE_ID}/values.csv%00",
    f"/open-data/{RELEASE_ID}%0a/values.csv",
    f"/open-data/{RELEASE_ID}/VALUES.CSV",
    f"/open-data/{RELEASE_ID}/release.json",
    f"/open-data/{RELEASE_ID}/certificate.json",
    f"/open-data/{RELEASE_ID}/quality.json",
    f"/open-data/{RELEASE_ID}/proof/inner.parquet",
    f"/open-data/{RELEASE_ID}/",
    "/open-data/../current",
    "/open-data/current/values.csv",
    "/open-data/2026-11-22T1130-ffff/values.csv",
    "/open-data/%2f%2f/etc/passwd",
    "/open-data/....//....//etc/passwd",
    "/open-data/",
    "/open-data/release.json",
]


def ask(server: str, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """One request with the path as it stands here: no client makes it another one."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def status_of(path: str) -> int:
    """What the route answers by itself, over a data folder that a test may change."""
    return open_data.answer(Request({"type": "http", "path_params": {"rest": path}})).status_code


@pytest.mark.parametrize("name", list(open_data.FILES))
def test_everybody_gets_a_file_as_it_was_published_with_its_media_type(server: str, published: Path, name: str) -> None:
    status, headers, content = ask(server, f"/open-data/{RELEASE_ID}/{name}")
    assert (status, headers["content-type"]) == (200, open_data.FILES[name])
    assert content == (published / "releases" / RELEASE_ID / "publiek" / name).read_bytes()
    asked, told, nothing = ask(server, f"/open-data/{RELEASE_ID}/{name}", "HEAD")
    assert (asked, told["content-length"], nothing) == (200, str(len(content)), b"")


def test_figures_that_are_taken_along_say_in_their_name_that_they_are_synthetic(server: str) -> None:
    told = ask(server, f"/open-data/{RELEASE_ID}/values.csv")[1]["content-disposition"]
    assert told == f'attachment; filename="ketenmonitor_{RELEASE_ID}_synthetisch_values.csv"'


@pytest.mark.parametrize("name", list(open_data.CATALOGUES))
def test_a_harvester_finds_the_files_from_the_fixed_address_of_the_catalogue(server: str, name: str) -> None:
    status, headers, _ = ask(server, f"/open-data/{name}")
    assert (status, headers["location"]) == (307, f"{RELEASE_ID}/{name}")
    place = f"{server}/open-data/{headers['location']}"
    graph = Graph().parse(data=ask(server, urlsplit(place).path)[2], format="turtle" if name.endswith("ttl") else "json-ld", publicID=place)
    found = {urlsplit(str(address)).path for address in graph.objects(None, DCAT.downloadURL)}
    assert found == {f"/open-data/{RELEASE_ID}/values.csv", f"/open-data/{RELEASE_ID}/values.parquet"}
    assert {ask(server, path, "HEAD")[0] for path in found} == {200}


@pytest.mark.parametrize("path", HOSTILE)
def test_nothing_else_is_there(server: str, path: str) -> None:
    status, headers, content = ask(server, path)
    assert status in (400, 404) or (headers["content-type"].startswith("text/html") and b"Ketenmonitor" in content), (status, content[:80])
    assert b"PAR1" not in content
    assert b"alg_misdrijven" not in content


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_open_data_can_only_be_read(server: str, method: str) -> None:
    assert ask(server, f"/open-data/{RELEASE_ID}/values.csv", method)[0] == 405


def test_a_withdrawn_release_is_gone_and_an_earlier_one_is_still_there(own_copy: Path) -> None:
    write_release(own_copy, "2026-11-29T1130-aaaa")
    (own_copy / "releases" / "withdrawn.jsonl").write_text(json.dumps({"id": "2026-11-29T1130-aaaa", "reason": "Fout"}) + "\n", encoding="utf-8")
    assert status_of("2026-11-29T1130-aaaa/values.csv") == 410
    assert status_of(f"{RELEASE_ID}/values.csv") == 200


def test_a_file_that_was_changed_after_it_was_published_is_not_given(own_copy: Path) -> None:
    table = own_copy / "releases" / RELEASE_ID / "publiek" / "values.csv"
    table.write_bytes(table.read_bytes() + b"x")
    assert status_of(f"{RELEASE_ID}/values.csv") == 503


def test_without_a_release_or_its_open_data_there_is_nothing(own_copy: Path) -> None:
    manifest = own_copy / "releases" / RELEASE_ID / "release.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["files"] = {name: sha for name, sha in content["files"].items() if "catalogus" not in name}
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert status_of(f"{RELEASE_ID}/catalogus.ttl") == 404
    (own_copy / "releases" / "current").unlink()
    assert status_of("catalogus.ttl") == 404


def test_the_page_with_definitions_leads_to_the_open_data(open_page: Callable[..., AppTest]) -> None:
    html = page_html(open_page("definities"))
    assert f'href="open-data/{RELEASE_ID}/values.csv"' in html
    assert "/open-data/catalogus.ttl" in html
