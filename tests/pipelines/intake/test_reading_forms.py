"""Parquet, JSON and zip: looked at before they are read, and read as the same table that a CSV would give."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.intake import limits
from pipelines.intake.convert import convert
from pipelines.intake.reading import Extract, open_extract, read_extract
from pipelines.intake.reading.archives import ENCRYPTED, open_archive
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")
HEADER = JEUGD_HEADER.split(";")
CSV = read_extract("x.csv", jeugd_csv(), JEUGD).rows.collect()
RECORDS = [dict(zip(HEADER, row.split(";"), strict=True)) for row in jeugd_rows()]


def read(name: str, content: bytes) -> Extract:
    return read_extract(name, content, JEUGD)


def parquet(frame: pl.DataFrame, **options: Any) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, **options)
    return buffer.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def same_cells(extract: Extract) -> bool:
    return extract.rows.collect().select(HEADER).equals(CSV.select(HEADER))


def test_parquet_of_text_reads_as_the_csv_does(tmp_path: Path) -> None:
    content = parquet(CSV.select(HEADER))
    (tmp_path / "x").write_bytes(content)
    for extract in (read("x.parquet", content), open_extract(tmp_path / "x", "x.parquet", JEUGD)):
        assert same_cells(extract)
        assert (extract.headings, extract.height) == (HEADER, 12)
        assert extract.rows.collect()["source_row"].to_list() == list(range(1, 13))


def test_parquet_keeps_its_types_and_they_convert_to_the_same_rows() -> None:
    typed = CSV.select(HEADER).with_columns(pl.col("aantal").cast(pl.Float64), pl.col("first_offender") == "ja", pl.col("delict").cast(pl.Categorical))
    rows = read("x.parquet", parquet(typed)).rows.collect()
    assert rows["aantal"].dtype == pl.Float64
    assert convert(rows, JEUGD)[0].drop("source_row").equals(convert(CSV, JEUGD)[0].drop("source_row"))


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (CSV.select(HEADER).with_columns(pl.lit([1]).alias("delict")), r"1 kolom\(men\) bevatten geneste of binaire waarden \(delict\)"),
        (CSV.select(HEADER).with_columns(pl.struct("delict").alias("delict")), "geneste of binaire"),
        (CSV.select(HEADER).with_columns(pl.lit(b"x").alias("delict")), "geneste of binaire"),
        (CSV.select(HEADER).head(0), "geen gegevens"),
        (CSV.select(pl.col("delict").alias("heel"), pl.col("aantal").alias("anders")), "niet die van het contract"),
        (CSV, "van de Ketenmonitor zelf"),
    ],
)
def test_parquet_that_is_no_flat_table_of_the_contract_is_refused(frame: pl.DataFrame, says: str) -> None:
    with pytest.raises(DeliveryRefused, match=says):
        read("x.parquet", parquet(frame))


@pytest.mark.parametrize(("limit", "size"), [("MOST_COLUMNS", 6), ("MOST_ROWS", 12), ("MOST_CELLS_PARQUET", 72)])
@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_limits_on_parquet_hold_at_one_below_at_and_above(monkeypatch: pytest.MonkeyPatch, limit: str, size: int, over: int, refused: bool) -> None:
    content = parquet(CSV.select(HEADER))
    monkeypatch.setattr(limits, limit, size - over)
    if refused:
        with pytest.raises(DeliveryRefused, match="meer dan de"):
            read("x.parquet", content)
    else:
        assert read("x.parquet", content).height == 12


@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_row_group_is_looked_at_before_it_is_read(monkeypatch: pytest.MonkeyPatch, over: int, refused: bool) -> None:
    import pyarrow.parquet as pq

    content = parquet(CSV.select(HEADER))
    monkeypatch.setattr(limits, "MOST_BYTES_ROW_GROUP", pq.read_metadata(io.BytesIO(content)).row_group(0).total_byte_size - over)
    if refused:
        with pytest.raises(DeliveryRefused, match="bytes in een rijgroep"):
            read("x.parquet", content)
    else:
        assert read("x.parquet", content).height == 12


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + bytes(100) + b"PAR1", parquet(CSV)[:-50], b"geen parquet maar tekst"])
def test_broken_parquet_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(DeliveryRefused, match=r"niet te lezen als \.parquet"):
        read("x.parquet", content)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORDS).encode(),
        json.dumps(RECORDS).encode("utf-16"),
        json.dumps({"@odata.context": "x", "value": RECORDS}).encode("utf-8-sig"),
        "\n".join(json.dumps(record) for record in RECORDS).encode(),
        json.dumps([record | {"aantal": float(record["aantal"])} for record in RECORDS]).encode(),
    ],
)
def test_json_as_list_as_odata_and_by_line_reads_as_the_csv_does(content: bytes) -> None:
    assert same_cells(read("x.json", content))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (json.dumps([record | {"delict": {"a": 1}} for record in RECORDS]).encode(), r"1 veld\(en\) bevatten geneste waarden \(delict\)"),
        (b"[]", "geen gegevens"),
        (b'[{"heel": 1, "anders": 2}]', "niet die van het contract"),
        (b"[1, 2]", "niet te lezen als .json"),
        (b"{", "niet te lezen als .json"),
        (b"[" * 100_000, "niet te lezen als .json"),
        (b'[{"basisteam_woonplaats": NaN}]', "niet te lezen als .json"),
        (json.dumps(RECORDS).encode()[:-40], "niet te lezen als .json"),
    ],
)
def test_json_that_is_no_list_of_flat_records_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(DeliveryRefused, match=says):
        read("x.json", content)


@pytest.mark.parametrize("clutter", [{}, {"__MACOSX/._x.csv": b"x"}, {"map/.DS_Store": b"x"}, {"map/": b""}])
def test_a_zip_with_one_data_file_reads_as_that_file_does(clutter: dict[str, bytes]) -> None:
    extract = read("x.zip", zipped({"map/levering.csv": jeugd_csv(), **clutter}))
    assert same_cells(extract)
    assert extract.guesses["bestand in de zip"] == "levering.csv"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"a.csv": jeugd_csv(), "b.csv": jeugd_csv()}, "2 bestanden, waarvan 2 met gegevens"),
        ({"a.csv": jeugd_csv(), "lees.docx": b"x"}, "2 bestanden, waarvan 1 met gegevens"),
        ({"a.exe": b"x"}, "1 bestanden, waarvan 0 met gegevens"),
        ({"a.zip": b"x"}, "nog een gecomprimeerd bestand"),
        ({"a.csv.gz": b"x"}, "nog een gecomprimeerd bestand"),
        ({"../a.csv": jeugd_csv()}, "wijst naar een plek erbuiten"),
        ({"/etc/a.csv": jeugd_csv()}, "wijst naar een plek erbuiten"),
        ({"..\\a.csv": jeugd_csv()}, "wijst naar een plek erbuiten"),
        ({"C:\\a.csv": jeugd_csv()}, "wijst naar een plek erbuiten"),
    ],
)
def test_a_zip_with_more_or_with_a_path_outside_is_refused(files: dict[str, bytes], says: str) -> None:
    with pytest.raises(DeliveryRefused, match=says):
        read("x.zip", zipped(files))


def test_a_link_and_a_password_in_a_zip_are_refused() -> None:
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, b"elders.csv")
    with pytest.raises(DeliveryRefused, match="wijst naar een plek erbuiten"):
        read("x.zip", buffer.getvalue())
    locked = bytearray(zipped({"a.csv": jeugd_csv()}))
    locked[locked.index(b"PK\x01\x02") + 8] |= ENCRYPTED
    with pytest.raises(DeliveryRefused, match="met een wachtwoord beveiligd"):
        read("x.zip", bytes(locked))


def test_an_entry_that_is_larger_than_it_says_is_refused() -> None:
    content = bytearray(zipped({"a.csv": jeugd_csv()}))
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(DeliveryRefused):
        read("x.zip", bytes(content))


@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_limits_on_a_zip_hold_at_one_below_at_and_above(monkeypatch: pytest.MonkeyPatch, over: int, refused: bool) -> None:
    content = zipped({"a.csv": jeugd_csv(), "b.csv": jeugd_csv()})
    for limit, size in {"MOST_ENTRIES": 2, "MOST_BYTES_UNPACKED": 2 * len(jeugd_csv())}.items():
        monkeypatch.setattr(limits, limit, size - over)
        if refused:
            with pytest.raises(DeliveryRefused, match="wordt niet uitgepakt"):
                open_archive("x.zip", content)
        else:
            open_archive("x.zip", content)
        monkeypatch.undo()


@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_ratio_of_a_bomb_is_refused_from_one_byte_above_the_limit(monkeypatch: pytest.MonkeyPatch, over: int, refused: bool) -> None:
    content = zipped({"a.csv": b"0" * 10_000})
    monkeypatch.setattr(limits, "LEAST_BYTES_FOR_RATIO", 100)
    monkeypatch.setattr(limits, "MOST_RATIO", (10_000 - over) / len(content))
    if refused:
        with pytest.raises(DeliveryRefused, match="keer zo groot"):
            open_archive("x.zip", content)
    else:
        open_archive("x.zip", content)


@pytest.mark.parametrize(("name", "limit"), [("x.csv", "MOST_BYTES_TEXT"), ("x.json", "MOST_BYTES_RECORDS"), ("x.parquet", "MOST_BYTES")])
@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_limits_on_size_hold_at_one_below_at_and_above(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, limit: str, over: int, refused: bool
) -> None:
    content = {"x.csv": jeugd_csv(), "x.json": json.dumps(RECORDS).encode(), "x.parquet": parquet(CSV.select(HEADER))}[name]
    (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(limits, limit, len(content) - over)
    if refused:
        with pytest.raises(DeliveryRefused, match="het bestand is groter dan"):
            open_extract(tmp_path / name, name, JEUGD)
    else:
        assert open_extract(tmp_path / name, name, JEUGD).height == 12
