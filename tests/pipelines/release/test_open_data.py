"""The open data of a release: figures that others can read, descriptions by which they find them, and nothing that is not public."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import validate
from rdflib import DCAT, DCTERMS, Graph, Literal, URIRef

from app.downloads.columns import COLUMNS as COLUMNS_OF_DOWNLOADS
from app.downloads.dutch import FORMULA as FORMULA_OF_DOWNLOADS
from pipelines.release import MetadataFailed, Publisher, verify_release
from pipelines.release import build as build_module
from pipelines.release.layout import COLUMNS, NUMBERS
from pipelines.release.metadata import describe_openly
from pipelines.release.metadata.codes import AUTHORITY
from pipelines.release.metadata.columns import MEANING
from pipelines.release.metadata.open_csv import FORMULA, open_csv
from tests.pipelines.release.catalogue_checks import files_of, no_dates, unlisted
from tests.pipelines.release.inputs import CREATED, build

PUBLISHER = Publisher("https://keten.example.nl", "open-data@example.nl")
NAMES = ("values.csv", "values.csv-metadata.json", "datapackage.json", "catalogus.ttl", "catalogus.jsonld")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with open data. Read it, never change it."""
    releases = tmp_path_factory.mktemp("open_data") / "releases"
    return releases / build(releases, publisher=PUBLISHER)


@pytest.fixture
def public(release: Path, tmp_path: Path) -> Path:
    """A copy of its public part, which a test may change."""
    (tmp_path / "publiek").mkdir()
    for path in (release / "publiek").glob("*.*"):
        (tmp_path / "publiek" / path.name).write_bytes(path.read_bytes())
    return tmp_path / "publiek"


def manifest_of(release: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((release / "release.json").read_text(encoding="utf-8"))
    return content


def graph_of(public: Path, name: str = "catalogus.ttl") -> Graph:
    return Graph().parse(public / name, publicID="https://keten.example.nl/open-data/here/")


def test_open_data_is_a_part_of_the_release_and_of_the_public_part_alone(release: Path) -> None:
    assert verify_release(release) == []
    assert {f"publiek/{name}" for name in NAMES} <= set(manifest_of(release)["files"])
    assert not [name for name in manifest_of(release)["files"] if name.endswith(NAMES) and not name.startswith("publiek/")]


def test_what_was_corrected_in_a_delivery_is_no_part_of_what_is_public(release: Path) -> None:
    held = {audience: pl.read_parquet(release / audience / "leveringen.parquet").columns for audience in ("professional", "publiek")}
    assert ["correction_text" in held[audience] for audience in held] == [True, False]


def test_the_csv_says_what_the_protected_figures_say_and_is_as_the_rfc_has_it(release: Path) -> None:
    content = (release / "publiek" / "values.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    values = pl.read_parquet(release / "publiek" / "values.parquet")
    assert content.count(b"\r\n") == content.count(b"\n") == len(rows) == values.height + 1
    assert rows[0] == list(COLUMNS)
    numbers = [[None if cell == "" else float(cell) for cell in row[-len(NUMBERS) :]] for row in rows[1:]]
    assert [(*row[: -len(NUMBERS)], *said) for row, said in zip(rows[1:], numbers, strict=True)] == values.rows()
    assert "geheim" in {row[9] for row in rows}


def test_no_text_of_the_csv_is_a_formula(release: Path) -> None:
    values = pl.read_parquet(release / "publiek" / "values.parquet").head(4).with_columns(category_1=pl.Series(["=1+1", "a;@b", ' "+x', "12-17"]))
    texts = [row["category_1"] for row in csv.DictReader(io.StringIO(open_csv(values).decode("utf-8"), newline=""))]
    assert texts == ["'=1+1", "a;'@b", " \"'+x", "12-17"]


def test_open_data_and_downloads_speak_of_columns_and_formulas_alike() -> None:
    assert {column.name: column.meaning for column in COLUMNS_OF_DOWNLOADS} == MEANING
    assert FORMULA.pattern == FORMULA_OF_DOWNLOADS.pattern


def test_frictionless_finds_the_data_package_right_to_the_last_row(release: Path) -> None:
    report = validate(str(release / "publiek" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert report.tasks[0].stats["rows"] == pl.read_parquet(release / "publiek" / "values.parquet").height


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (b"\r\nalg_misdrijven,", b"\r\nalg_misdrijven\r\nalg_misdrijven,", "missing-cell"),
        (b",2023,totaal", b",twee,totaal", "constraint-error"),
        (b",geheim,", b",geheim,vijf", "type-error"),
        (b",waarde,", b",Waarde,", "hash-count"),
    ],
)
def test_frictionless_finds_what_is_wrong_in_the_rows(public: Path, old: bytes, new: bytes, found: str) -> None:
    table = public / "values.csv"
    table.write_bytes(table.read_bytes().replace(old, new, 1))
    assert found in {kind for (kind,) in validate(str(public / "datapackage.json")).flatten(["type"])}


def test_csv_on_the_web_names_the_table_and_its_columns(release: Path) -> None:
    said = json.loads((release / "publiek" / "values.csv-metadata.json").read_text(encoding="utf-8"))
    assert said["url"] == "values.csv"
    assert [column["name"] for column in said["tableSchema"]["columns"]] == list(COLUMNS)
    assert said["dc:created"]["@value"] == CREATED.isoformat()


@pytest.mark.parametrize("name", ["catalogus.ttl", "catalogus.jsonld"])
def test_the_catalogue_has_the_shape_of_dcat_ap_nl(release: Path, open_data: Path, name: str) -> None:
    if not (open_data / "dcat-ap-nl").is_dir():
        pytest.skip("KETENMONITOR_OPEN_DATA has no shapes of DCAT-AP-NL (dcat-ap-nl/)")
    import pyshacl

    shapes = Graph()
    for path in sorted((open_data / "dcat-ap-nl").glob("*.ttl")):
        shapes.parse(path)
    graph = graph_of(release / "publiek", name)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
    assert conforms, report
    graph.remove((None, DCTERMS.license, None))
    assert not pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)[0]


def test_both_forms_of_the_catalogue_say_the_same(release: Path) -> None:
    assert set(graph_of(release / "publiek")) == set(graph_of(release / "publiek", "catalogus.jsonld"))


def test_every_code_date_size_and_hash_of_the_catalogue_is_right(release: Path) -> None:
    graph = graph_of(release / "publiek")
    assert [*unlisted(graph), *no_dates(graph)] == []
    contents = {name: (release / "publiek" / name).read_bytes() for name in ("values.csv", "values.parquet")}
    assert files_of(graph) == {name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in contents.items()}
    days = {kind: day.toPython() for kind in (DCAT.startDate, DCAT.endDate) for day in graph.objects(None, kind) if isinstance(day, Literal)}
    assert days == {DCAT.startDate: dt.date(2023, 1, 1), DCAT.endDate: dt.date(2024, 12, 31)}


def test_a_wrong_theme_and_the_date_gisteren_are_found(release: Path) -> None:
    graph = graph_of(release / "publiek")
    graph.add((URIRef(PUBLISHER.name("dataset")), DCAT.theme, URIRef(f"{AUTHORITY}data-theme/VEILIG")))
    graph.add((URIRef(PUBLISHER.name("dataset")), DCTERMS.issued, Literal("gisteren")))
    assert [*unlisted(graph), *no_dates(graph)] == [f"{AUTHORITY}data-theme/VEILIG", "gisteren"]


def test_every_description_says_that_the_figures_are_synthetic_where_they_are(release: Path, public: Path) -> None:
    def said() -> list[str]:
        package, table = (json.loads((public / name).read_text(encoding="utf-8")) for name in ("datapackage.json", "values.csv-metadata.json"))
        graph = graph_of(public)
        told = [str(text) for kind in (DCTERMS.title, DCTERMS.description) for one in graph.subjects(DCAT.downloadURL) for text in graph.objects(one, kind)]
        return [*told, package["title"], package["description"], table["dc:title"], table["dc:description"]]

    assert len(said()) == 8
    assert all("ynthetische" in text for text in said())
    describe_openly(public.parent, {**manifest_of(release), "synthetic": False, "synthetic_note": None}, PUBLISHER)
    assert not any("ynthetisch" in text for text in said())


def test_without_an_address_names_stay_the_same_and_files_are_found_beside_the_catalogue(release: Path, public: Path) -> None:
    describe_openly(public.parent, manifest_of(release), Publisher())
    text = (public / "catalogus.ttl").read_text(encoding="utf-8")
    assert "dcat:downloadURL <values.csv>" in text
    assert f"<{Publisher().name('dataset')}> a dcat:Dataset" in text
    assert "keten.example.nl" not in text
    assert f"dcat:downloadURL <https://keten.example.nl/open-data/{release.name}/values.csv>" in (release / "publiek" / "catalogus.ttl").read_text()


def test_the_same_release_gives_the_same_bytes_in_another_process(release: Path, public: Path) -> None:
    code = (
        "import json, sys; from pathlib import Path; from pipelines.release import Publisher; from pipelines.release.metadata import describe_openly;"
        "describe_openly(Path(sys.argv[1]), json.loads(sys.stdin.read()), Publisher(*sys.argv[2:]))"
    )
    arguments = [sys.executable, "-c", code, str(public.parent), PUBLISHER.address, PUBLISHER.contact]
    subprocess.run(arguments, input=json.dumps(manifest_of(release)), text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert {name: (public / name).read_bytes() for name in NAMES} == {name: (release / "publiek" / name).read_bytes() for name in NAMES}


def test_a_csv_with_other_figures_does_not_verify_whatever_its_hash(release: Path, tmp_path: Path) -> None:
    copy = tmp_path / release.name
    subprocess.run(["cp", "-r", release, copy], check=True)
    table, listed = copy / "publiek" / "values.csv", copy / "release.json"
    for path in (table, listed):
        path.chmod(0o644)
    table.write_bytes(table.read_bytes().replace(b",geheim,,", b",waarde,3,", 1))
    manifest = manifest_of(copy)
    manifest["files"]["publiek/values.csv"] = hashlib.sha256(table.read_bytes()).hexdigest()
    listed.write_text(json.dumps(manifest), encoding="utf-8")
    assert verify_release(copy) == [
        "publiek: values.csv holds other figures than values.parquet",
        "publiek: datapackage.json says another size or sha256 of values.csv than the file has",
    ]


def test_a_release_from_before_there_was_open_data_verifies(release: Path, tmp_path: Path) -> None:
    copy = tmp_path / release.name
    subprocess.run(["cp", "-r", release, copy], check=True)
    manifest = manifest_of(copy)
    for name in NAMES:
        (copy / "publiek" / name).unlink()
        del manifest["files"][f"publiek/{name}"]
    (copy / "release.json").chmod(0o644)
    (copy / "release.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert verify_release(copy) == []


def test_no_release_is_made_whose_open_data_cannot_be_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MetadataFailed("no release: no word of the figures; the last release stays in place")

    monkeypatch.setattr(build_module, "describe_openly", fail)
    with pytest.raises(MetadataFailed):
        build(tmp_path)
    assert not list(tmp_path.glob("2*"))


@pytest.mark.parametrize(("address", "contact"), [("keten.example.nl", ""), ("https://x.nl/> a <y", ""), ("", "geen adres"), ("ftp://x.nl", "")])
def test_an_address_that_cannot_be_published_at_is_refused(address: str, contact: str) -> None:
    with pytest.raises(MetadataFailed, match="the last release stays in place"):
        Publisher(address, contact)
