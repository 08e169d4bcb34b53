"""Workbooks of any content, made by code, for the tests that read them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import xlsxwriter

from data_contracts import contract_of
from pipelines.intake.reading import Extract, read_extract
from tests.pipelines.intake.extracts import JEUGD_HEADER

JEUGD = contract_of("politie_jeugd_verdachten")
HEADER = JEUGD_HEADER.split(";")
ROW = ["A1", "2026Q3", "12-17", "drugs", "ja", 7]


def xlsx(fill: Callable[[xlsxwriter.Workbook], None], **options: Any) -> bytes:
    """The workbook that `fill` writes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        fill(book)
    return buffer.getvalue()


def table(*rows: list[Any], sheet: str = "Gegevens") -> bytes:
    """A workbook of one sheet with these rows."""

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)

    return xlsx(fill)


def ods(rows: str, extra: str = "", **parts: str) -> bytes:
    """An ods of one sheet; `extra` stands before its content, `parts` beside it."""
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{extra}<office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="Blad">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
        for part, text in parts.items():
            archive.writestr(part.replace("__", "/"), text)
    return buffer.getvalue()


def ods_row(*cells: object, repeated: int = 1) -> str:
    """A row of an ods, as XML."""
    texts = "".join(
        f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        if isinstance(cell, int | float)
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{texts}</table:table-row>'


def read(content: bytes, name: str = "x.xlsx") -> Extract:
    """What reading makes of a workbook of politie_jeugd_verdachten."""
    return read_extract(name, content, JEUGD)


def with_part(content: bytes, part: str, text: bytes) -> bytes:
    """The same workbook with one part more, or another content of it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename != part:
                target.writestr(entry.filename, source.read(entry))
        target.writestr(part, text)
    return buffer.getvalue()
