"""The formats in which files arrive: text, workbooks, Parquet, JSON. Each gives bytes, the same for the same arguments."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import polars as pl

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from data_contracts.base import Contract
    from pipelines.sample.layouts import Layout

NOTE = "Synthetische voorbeelddata: verzonnen, geen echte gegevens"
FIXED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # as the moment of making, so that the same call gives the same bytes
ODS_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text"))
ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


@dataclass(frozen=True)
class Sheet:
    """What stands around the rows: the contract, the period, the headings by column, and the layout."""

    contract: type[Contract]
    period: str
    headings: Mapping[str, str]
    layout: Layout

    def head(self) -> list[list[str]]:
        """The rows above the data: a title block and an empty row, groups of columns, the headings, their units."""
        terms, rows = self.contract.terms(), []
        kinds = self.contract.kinds()
        if self.layout.title:
            rows += [[f"{terms.title}, {self.period}"], [NOTE], []]
        if self.layout.groups:
            groups = ["Aantallen" if kinds[column]["kind"] in {"count", "number"} else "Kenmerken" for column in self.headings]
            rows.append([group if place == 0 or groups[place - 1] != group else "" for place, group in enumerate(groups)])
        rows.append(list(self.headings.values()))
        return [*rows, [str(kinds[column].get("unit", "")) for column in self.headings]] if self.layout.units else rows

    def below(self) -> list[list[str]]:
        """The rows under the data: a source line."""
        return [[f"Bron: {self.contract.terms().partner}, {self.period}"]] if self.layout.footer else []


def member(name: str) -> zipfile.ZipInfo:
    """A member of a zip with a fixed date."""
    info = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def write_text(sheet: Sheet, parts: Iterable[pl.DataFrame]) -> Iterator[bytes]:
    """Delimited text, one piece of bytes per frame of texts."""
    layout, encoding = sheet.layout, sheet.layout.encoding
    blocks: Iterable[Iterable[Sequence[Any]]] = itertools.chain([sheet.head()], (part.fill_null("").rows() for part in parts), [sheet.below()])
    for block in blocks:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=layout.delimiter, lineterminator=layout.line_end).writerows(block)
        yield buffer.getvalue().encode(encoding)
        encoding = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)  # the byte order mark stands at the beginning only


def write_workbook(sheet: Sheet, cells: pl.DataFrame) -> bytes:
    """Three sheets: an explanation, the data under a title block with a merged title, and the definitions of the columns."""
    import xlsxwriter

    terms, head = sheet.contract.terms(), sheet.head()
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd-mm-yyyy"}) as workbook:
        workbook.set_properties({"title": f"{terms.title} {sheet.period}", "comments": NOTE, "created": FIXED})
        bold = workbook.add_format({"bold": True})
        about = (NOTE, f"Levering van {terms.partner} over {sheet.period}", f"Opgesteld voor: {terms.law.doel}", "De gegevens staan op het blad Gegevens.")
        workbook.add_worksheet("Toelichting").write_column(0, 0, about)
        data = workbook.add_worksheet("Gegevens")
        data.merge_range(0, 0, 0, len(sheet.headings) - 1, f"{terms.title}, {sheet.period}", bold)
        data.write(1, 0, NOTE)
        for number, row in enumerate(head, start=3):
            data.write_row(number, 0, row, bold)
        for place, column in enumerate(cells.iter_columns()):
            write = data.write_string if column.dtype == pl.String else data.write_number if column.dtype.is_numeric() else data.write
            for number, value in enumerate(column.to_list(), start=3 + len(head)):
                if value is not None:
                    write(number, place, value)
        definitions = workbook.add_worksheet("Definities")
        for number, (column_name, heading) in enumerate(sheet.headings.items()):
            definitions.write_row(number, 0, (heading.strip(), sheet.contract.kinds()[column_name]["description"]))
        if sheet.layout.hidden:
            _hide_parts(workbook, data, 3 + len(head))
    return buffer.getvalue()


def _hide_parts(workbook: Workbook, data: Worksheet, first: int) -> None:
    """A hidden row above the header, a hidden row of data (a filter that was left on), and a hidden sheet."""
    data.write(2, 0, "Sjabloon versie 3")
    for row in (2, first):
        data.set_row(row, options={"hidden": True})
    lists = workbook.add_worksheet("Keuzelijsten")
    lists.write_column(0, 0, ("ja", "nee"))
    lists.hide()


def write_ods(sheet: Sheet, cells: pl.DataFrame) -> bytes:
    """An OpenDocument spreadsheet (ISO/IEC 26300) with one table; no library that writes it is among ours."""
    table = [*sheet.head(), *cells.rows(), *sheet.below()]
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in table)
    body = f'<office:body><office:spreadsheet><table:table table:name="Gegevens">{rows}</table:table></office:spreadsheet></office:body>'
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMES} office:version="1.2">{body}</office:document-content>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        media_type = member("mimetype")
        media_type.compress_type = zipfile.ZIP_STORED  # it comes first and unpacked, says the standard
        archive.writestr(media_type, ODS_MEDIA_TYPE)
        archive.writestr(member("META-INF/manifest.xml"), ODS_MANIFEST)
        archive.writestr(member("content.xml"), content)
    return buffer.getvalue()


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def write_parquet(_: Sheet, cells: pl.DataFrame) -> bytes:
    """Parquet with typed columns."""
    buffer = io.BytesIO()
    cells.write_parquet(buffer)
    return buffer.getvalue()


def write_json(_: Sheet, cells: pl.DataFrame) -> bytes:
    """A list of records."""
    return json.dumps(cells.to_dicts(), ensure_ascii=False, indent=1, default=str).encode()


WRITERS: Mapping[str, Callable[[Sheet, pl.DataFrame], bytes]] = {"xlsx": write_workbook, "ods": write_ods, "parquet": write_parquet, "json": write_json}
