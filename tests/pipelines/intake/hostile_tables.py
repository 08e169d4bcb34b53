"""Workbooks, sheets, Parquet and JSON that mean harm or are broken."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import polars as pl

from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_rows
from tests.pipelines.intake.hostile_archives import zipped

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
GRID = [JEUGD_HEADER.split(";"), *(row.split(";") for row in jeugd_rows())]


def parts(sheet: str, *, doctype: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """A workbook of one sheet, with the XML of that sheet as given and `doctype` before it."""
    worksheet = f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    types = f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>'
    entries = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="Gegevens" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{worksheet}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{SHEET}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    return zipped({name: content.encode() for name, content in entries.items()} | (extra or {}))


def cells(grid: Sequence[Sequence[str]], start: int = 1) -> str:
    """Rows of text as the XML of a sheet."""
    lines = [
        f'<row r="{number}">'
        + "".join(f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in enumerate(row))
        + "</row>"
        for number, row in enumerate(grid, start)
    ]
    return "".join(lines)


def workbook(grid: Sequence[Sequence[str]]) -> bytes:
    """An honest workbook."""
    return parts(cells(grid))


def good_workbook() -> bytes:
    """The good rows of politie_jeugd_verdachten."""
    return workbook(GRID)


def sparse_workbook() -> bytes:
    """Cells A1 and XFD1048576: calamine would ask for 512 GiB."""
    return parts(cells(GRID) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def repeated_workbook() -> bytes:
    """Five million cells that do not say where they stand, in 130 kB."""
    return parts(cells(GRID) + ("<row>" + "<c><v>1</v></c>" * 20 + "</row>") * 250_000)


def laughing_workbook() -> bytes:
    """Entities that grow to 200 GB."""
    return parts(cells([*GRID, ["&a11;", "2026Q3", "12-17", "drugs", "ja", "7"]]), doctype=LAUGHS)


def reading_workbook() -> bytes:
    """An entity that names a file of the machine."""
    return parts(cells([*GRID, ["&x;", "2026Q3", "12-17", "drugs", "ja", "7"]]), doctype='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def linked_workbook() -> bytes:
    """A workbook that takes its cells from another one, on another machine."""
    place = f'<Relationship Id="r1" Type="{OFFICE}/externalLinkPath" Target="file:///srv/geheim.xlsx" TargetMode="External"/>'
    target = f'<Relationships xmlns="{RELATIONS}">{place}</Relationships>'
    link = f'<externalLink xmlns="{SHEET}" xmlns:r="{OFFICE}"><externalBook r:id="r1"/></externalLink>'
    return parts(cells(GRID), extra={"xl/externalLinks/externalLink1.xml": link.encode(), "xl/externalLinks/_rels/externalLink1.xml.rels": target.encode()})


def wrong_index_workbook() -> bytes:
    """A cell that points at the four-billionth shared text of a workbook without any."""
    return parts(cells(GRID) + '<row r="20"><c r="A20" t="s"><v>4294967295</v></c></row>')


def sheet(table: str, *, doctype: str = "") -> bytes:
    """An OpenDocument sheet with the XML of its table as given."""
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="Gegevens">{table}</table:table></office:spreadsheet>'
    content = f'<?xml version="1.0"?>{doctype}{body}</office:body></office:document-content>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})


def sheet_rows(grid: Sequence[Sequence[str]]) -> str:
    """Rows of text as the XML of an OpenDocument table."""
    line = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join("<table:table-row>" + "".join(line.format(text) for text in row) + "</table:table-row>" for row in grid)


def good_sheet() -> bytes:
    """The good rows of politie_jeugd_verdachten."""
    return sheet(sheet_rows(GRID))


def repeated_sheet() -> bytes:
    """One filled cell that repeats over a million rows and sixteen thousand columns."""
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    return sheet(sheet_rows(GRID) + f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def laughing_sheet() -> bytes:
    """Entities that grow to 200 GB."""
    return sheet(sheet_rows([*GRID, ["&a11;", "2026Q3", "12-17", "drugs", "ja", "7"]]), doctype=LAUGHS)


def compound(stream: str) -> bytes:
    """The start of an old compound file (xls, or a workbook with a password) with one stream of that name."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * (108 * 4)
    table = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE) + b"\xff" * (512 - 12)
    return header + table + _entry("Root Entry", 5) + _entry(stream, 2) + bytes(256) + bytes(8192)


def _entry(name: str, kind: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + b"\xff" * 12 + bytes(36) + struct.pack("<IQ", 2, 4096)


def good_parquet(rows: int | None = None) -> bytes:
    """The good rows of politie_jeugd_verdachten, typed."""
    frame = pl.DataFrame(GRID[1:], schema=GRID[0], orient="row").with_columns(pl.col("aantal").cast(pl.Int64))
    buffer = io.BytesIO()
    (frame if rows is None else frame.head(rows)).write_parquet(buffer)
    return buffer.getvalue()


def parquet_bomb() -> bytes:
    """Fifty million rows in some kilobytes: lengths of runs."""
    import pyarrow as pa

    return _parquet(pa.table({name: pa.nulls(50_000_000, pa.int8()) for name in GRID[0]}))


def parquet_of_long_texts() -> bytes:
    """A million rows that all hold the same text of a megabyte: a terabyte to who writes it out."""
    import pyarrow as pa

    texts = [*GRID[1][:3], "x" * 1_000_000, *GRID[1][4:]]
    columns = {name: pa.DictionaryArray.from_arrays(pa.array([0]).take(pa.array([0] * 1_000_000)), [text]) for name, text in zip(GRID[0], texts, strict=True)}
    return _parquet(pa.table(columns))


def _parquet(table: object) -> bytes:
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd", row_group_size=50_000_000)
    return buffer.getvalue()


def turned_parquet() -> bytes:
    """Every twentieth byte of the pages turned; the footer is whole."""
    whole = bytearray(good_parquet())
    footer = len(whole) - 8 - struct.unpack("<I", whole[-8:-4])[0]
    whole[8:footer:20] = bytes(255 - byte for byte in whole[8:footer:20])
    return bytes(whole)


def nested_parquet() -> bytes:
    """Lists and records in cells."""
    frame = pl.DataFrame(GRID[1:], schema=GRID[0], orient="row").with_columns(
        pl.concat_list("leeftijd", "delict").alias("delict"), aantal=pl.struct("kwartaal", "leeftijd")
    )
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def records(aantal: str) -> bytes:
    """JSON records of politie_jeugd_verdachten with the number written as given."""
    lines = [dict(zip(GRID[0], row, strict=True)) for row in GRID[1:]]
    said = ["{" + ", ".join(f'"{name}": {aantal if name == "aantal" else chr(34) + text + chr(34)}' for name, text in line.items()) + "}" for line in lines]
    return ("[" + ", ".join(said) + "]").encode()


def pdf() -> bytes:
    """The start and end of a PDF."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n" + bytes(range(256)) * 40 + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def web_page() -> bytes:
    """A table as a web page, as some systems export it under the name of a workbook."""
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in GRID)
    return f"<!DOCTYPE html><html><body><table>{rows}</table></body></html>".encode()
