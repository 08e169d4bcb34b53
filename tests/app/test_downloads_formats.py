"""What is peculiar to each format of a download: sheets, CSVW metadata, schema, the contents of the zip."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app import wording
from app.access import Scope
from app.downloads.columns import HEADINGS
from app.downloads.extract import make_extract
from app.downloads.formats import make_file
from app.downloads.workbook import MOST_ROWS, workbook
from app.release import VALUE_COLUMNS, Release
from tests.app.reading import NUMBERS, dutch_lines, plain_lines, sheets, unzip
from tests.app.release_fixture import NOTE, RELEASE_ID
from tests.app.test_downloads import DELFT_2023, indicator_of

STEM = f"ketenmonitor_mh_slachtoffers_{RELEASE_ID}_synthetisch"
Table = dict[str, Any]


@pytest.fixture
def csvw(release: Release) -> tuple[bytes, Table]:
    """The plain CSV and its metadata."""
    files = unzip(make_file("csvw", release, indicator_of(release)))
    assert list(files) == [f"{STEM}.csv", f"{STEM}.csv-metadata.json"]
    return files[f"{STEM}.csv"], json.loads(files[f"{STEM}.csv-metadata.json"])


def broken_promises(content: bytes, table: Table) -> list[str]:
    """Where a CSV is not what its CSVW metadata says: header, types, required cells, primary key."""
    header, *rows = plain_lines(content)
    columns = table["tableSchema"]["columns"]
    found = [f"column {one['name']}" for one, name in zip(columns, header, strict=True) if name not in one["titles"]]
    for number, row in enumerate(rows):
        for one, cell in zip(columns, row, strict=True):
            kind = one["datatype"] if isinstance(one["datatype"], dict) else {"base": one["datatype"]}
            if cell == one["null"]:
                wrong = one["required"]
            elif kind["base"] == "number":
                wrong = re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", cell) is None
            else:
                wrong = re.fullmatch(kind.get("format", r"(?s).*"), cell) is None
            found += [f"row {number} {one['name']}"] if wrong else []
    keys = [tuple(row[header.index(name)] for name in table["tableSchema"]["primaryKey"]) for row in rows]
    return found + ["primary key"] * (len(set(keys)) != len(keys))


def test_the_metadata_agrees_with_the_csv_that_it_describes(csvw: tuple[bytes, Table], release: Release) -> None:
    content, table = csvw
    assert table["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "nl"}]
    assert table["url"] == f"{STEM}.csv"
    assert [column["name"] for column in table["tableSchema"]["columns"]] == [*VALUE_COLUMNS, "release_id", "note"]
    assert [column["name"] for column in table["tableSchema"]["columns"] if column["datatype"] == "number"] == NUMBERS
    assert table["tableSchema"]["primaryKey"] == VALUE_COLUMNS[: VALUE_COLUMNS.index("state")]
    assert broken_promises(content, table) == []
    notes = {note["onderwerp"]: note["uitleg"] for note in table["notes"]}
    assert wording.parse_number(notes["aantal rijen"]) == len(plain_lines(content)) - 1 == release.values_of("mh_slachtoffers").height
    assert all(table[f"dc:{term}"] for term in ("title", "description", "source", "rights", "publisher", "identifier"))


@pytest.mark.parametrize(("column", "cell"), [("value", "2,5"), ("value", "x"), ("state", "misschien"), ("state", ""), ("area_code", ""), ("release_id", "")])
def test_a_csv_that_breaks_its_metadata_is_noticed(column: str, cell: str, csvw: tuple[bytes, Table]) -> None:
    content, table = csvw
    rows = plain_lines(content)
    rows[1][rows[0].index(column)] = cell
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    assert broken_promises(text.getvalue().encode(), table) == [f"row 0 {column}"]


def test_the_plain_csv_is_what_machines_expect(csvw: tuple[bytes, Table]) -> None:
    content, _ = csvw
    assert not content.startswith(b"\xef\xbb\xbf")
    found = pl.read_csv(content)
    assert [str(found[name].dtype) for name in ("value", "numerator", "denominator")] == ["Float64", "Int64", "Int64"]
    assert found.filter((pl.col("area_code") == "DH") & (pl.col("period") == "2023") & (pl.col("dimension_1") == "totaal"))["value"].to_list() == [56 / 19.5]
    assert set(found["release_id"]) == {RELEASE_ID}
    assert set(found["note"]) == {NOTE}


def test_the_workbook_has_numbers_that_are_numbers_below_a_frozen_dutch_header(release: Release) -> None:
    content = make_file("xlsx", release, indicator_of(release))
    book = sheets(content)
    assert list(book) == ["cijfers", "toelichting"]
    heading, *rows = book["cijfers"]
    assert heading == HEADINGS
    assert {type(cell) for row in rows for cell in row[:11]} == {str}
    assert {type(cell) for row in rows for cell in row[11:] if cell != ""} == {float}
    region = next(row for row in rows if (row[1], row[4], row[5]) == ("DH", "2023", ""))
    assert region[11:13] == [pytest.approx(56 / 19.5, rel=1e-15), 56.0]
    sheet = unzip(content)["xl/worksheets/sheet1.xml"].decode()
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert "<f>" not in sheet


def test_the_explanation_of_the_workbook_tells_all_that_a_reader_must_know(release: Release) -> None:
    indicator = indicator_of(release)
    lines = [tuple(row) for row in sheets(make_file("xlsx", release, indicator, DELFT_2023))["toelichting"]]
    states, columns = lines.index(("stand", "betekenis")), lines.index(("kolom", "betekenis"))
    said = dict(lines[:states])
    assert (said["definitie"], said["eenheid van waarde"], said["release"], said["let op"]) == (indicator.definition, indicator.value_unit, RELEASE_ID, NOTE)
    assert said["bron"] == "CoMensha (synthetisch), CBS (open data)"
    assert said["licentie"].startswith("Cijfers: vrij te gebruiken")
    assert said["filters"] == "indicator = mh_slachtoffers; cijfers = keuze; gebied = GM0503; kaart = gemeente; per = jaar; periode = 2023"
    assert "de tabel per gemeente over 2023, het verloop in Delft per jaar en de uitsplitsingen over 2023" in said["keuze"]
    assert [state for state, _ in lines[states + 1 : columns]] == list(wording.STATE_MEANING)
    assert ("geheim", wording.STATE_MEANING["geheim"].removeprefix("geheim: ")) in lines
    assert [heading for heading, _ in lines[columns + 1 :]] == HEADINGS


def test_a_workbook_holds_as_many_rows_as_a_sheet_and_refuses_more(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    extract = make_extract(release, indicator_of(release))
    assert MOST_ROWS == 2**20 - 1
    monkeypatch.setattr("app.downloads.workbook.MOST_ROWS", extract.rows.height)
    assert len(sheets(workbook(extract))["cijfers"]) == extract.rows.height + 1
    with pytest.raises(ValueError, match="are more than the"):
        workbook(replace(extract, rows=pl.concat([extract.rows, extract.rows.head(1)])))


def test_the_csv_for_dutch_excel_says_first_what_it_is(release: Release) -> None:
    head, (names, *rows) = dutch_lines(make_file("excel_csv", release, indicator_of(release)))
    said = "\n".join(head)
    for part in (f"# let op: {NOTE}", f"# release: {RELEASE_ID}", "# bron: CoMensha (synthetisch), CBS (open data)", "# licentie: ", "geheim = "):
        assert part in said
    assert names == HEADINGS
    for row in (dict(zip(names, row, strict=True)) for row in rows):
        assert (row["onderdrukt"] == "ja") == (row["stand"] == "geheim")
    region = next(row for row in rows if (row[1], row[4], row[5]) == ("DH", "2023", ""))
    assert region[11:13] == ["2,871794871794872", "56"]


def test_the_parquet_file_has_the_columns_of_the_release_and_its_origin_in_the_schema(release: Release) -> None:
    schema = pq.read_schema(io.BytesIO(make_file("parquet", release, indicator_of(release), DELFT_2023)))
    assert schema.names == VALUE_COLUMNS
    assert {field.name for field in schema if field.type == pa.float64()} == set(NUMBERS)
    assert {field.name for field in schema if field.type == pa.string() and not field.nullable} == set(VALUE_COLUMNS) - set(NUMBERS)
    said = {key.decode(): text.decode() for key, text in schema.metadata.items()}
    assert said["bron"] == "CoMensha (synthetisch), CBS (open data)"
    assert said["let op"] == NOTE
    machine = json.loads(said["ketenmonitor"])
    assert (machine["release_id"], machine["synthetic"], machine["filters"]["gebied"]) == (RELEASE_ID, True, "GM0503")


def test_the_zip_holds_every_format_and_says_what_it_is(release: Release) -> None:
    content = make_file("zip", release, indicator_of(release))
    files = unzip(content)
    endings = [".xlsx", "_excel.csv", ".csv", ".csv-metadata.json", ".parquet"]
    assert list(files) == ["LEESMIJ.txt", "LICENTIE.txt", "DEFINITIES.txt", "filters.json", *(STEM + ending for ending in endings)]
    said = files["LEESMIJ.txt"].decode()
    assert STEM in said
    assert all(f"- {name.removeprefix(STEM)}: " in said for name in files if name != "LEESMIJ.txt")
    assert indicator_of(release).definition in " ".join(files["DEFINITIES.txt"].decode().split())
    assert json.loads(files["filters.json"]) == {"release": RELEASE_ID, "let op": NOTE, "indicator": "mh_slachtoffers", "cijfers": "alles"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 22, 11, 30, 0)}


@pytest.mark.parametrize("code", ["xlsx", "excel_csv", "csvw", "parquet", "zip"])
def test_each_file_alone_equals_the_one_in_the_zip(code: str, release: Release) -> None:
    packed = unzip(make_file("zip", release, indicator_of(release), DELFT_2023))
    alone = make_file(code, release, indicator_of(release), DELFT_2023)
    inside = unzip(alone).values() if code in ("csvw", "zip") else [alone]
    assert set(inside) <= set(packed.values())


def test_the_licence_of_the_cbs_is_named_for_its_real_figures_only(release: Release) -> None:
    made_up = replace(release, manifest=release.manifest | {"deliveries": [one | {"origin": "synthetic"} for one in release.manifest["deliveries"]]})
    said = [unzip(make_file("zip", one, indicator_of(one)))["LICENTIE.txt"].decode() for one in (release, made_up)]
    assert ["CC BY 4.0" in text for text in said] == [True, False]


def test_professional_figures_may_not_be_passed_on(release: Release) -> None:
    files = unzip(make_file("zip", replace(release, scope=Scope("professional")), indicator_of(release)))
    assert "alleen voor professionals van de deelnemende partners. Geef ze niet door" in " ".join(files["LICENTIE.txt"].decode().split())


@pytest.mark.parametrize(("made", "expected"), [("2026-11-22T01:30:00+02:00", "2026-11-21T23:30:00"), ("gisteren", "1980-01-01T00:00:00")])
def test_the_date_in_a_file_is_that_of_the_release(made: str, expected: str, release: Release) -> None:
    dated = replace(release, manifest=release.manifest | {"created_at": made})
    assert make_extract(dated, indicator_of(release)).made_at.isoformat() == expected
    core = unzip(make_file("xlsx", dated, indicator_of(release)))["docProps/core.xml"].decode()
    assert f"{expected}Z" in core
