"""A look at a workbook before a reader opens it: what it holds beside cells, how large its sheets are, what cells do not tell.

calamine makes room for the whole box around the filled cells: two cells in opposite corners ask for 512 GiB, and abort the
process. It also gives no sign of hidden rows, error values and percent formats, which are found here.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from pipelines.intake import limits
from pipelines.intake.reading.archives import blocks_of
from pipelines.intake.refusal import DeliveryRefused

FORBIDDEN = {
    "macro's": re.compile(r"vbaproject|macrosheets|/activex/|/ctrlprops/|^basic/|^scripts/", re.IGNORECASE),
    "koppelingen naar andere bestanden": re.compile(r"/externallinks/|/connections\.xml|/querytables/|/webextensions/|\.odc$", re.IGNORECASE),
    "ingesloten objecten": re.compile(r"/embeddings/|oleobject|^object ", re.IGNORECASE),
}
REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^>]*\bhidden\s*=\s*["'](?:1|true)["']""")
ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt\s*=\s*["']e["'])[^>]*\br\s*=\s*["']([A-Z]{1,3})""")
STYLED = rb"""<(?:\w+:)?c\b(?=[^>]*\bs\s*=\s*["'](?:%s)["'])[^>]*\br\s*=\s*["']([A-Z]{1,3})\d+["'][^>/]*><(?:\w+:)?[vf]\b"""
MAIN, LINK = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}", "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PERCENT_FORMATS = {9, 10}  # built in; others say it by a % in their code
TABLE, OFFICE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 ", "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "


@dataclass
class SheetLook:
    """What the cells of a sheet do not tell: hidden rows, and by column (from 0) error values and numbers in percent format."""

    hidden: int = 0
    errors: Counter[int] = field(default_factory=Counter)
    percents: Counter[int] = field(default_factory=Counter)


@dataclass
class WorkbookLook:
    """The sheets by name, and whether dates are counted from 1904 (Excel of old Macs)."""

    sheets: dict[str, SheetLook]
    from_1904: bool = False


def look_at_workbook(name: str, archive: zipfile.ZipFile) -> WorkbookLook:
    """Looks through XLSX or ODS by the megabyte. Raises DeliveryRefused for what is not opened; KeyError when parts are missing."""
    for entry in archive.infolist():
        for what, pattern in FORBIDDEN.items():
            if pattern.search(entry.filename):
                raise _forbidden(name, what)
        if entry.filename.lower().endswith((".xml", ".rels")):
            _refuse_declarations(name, archive, entry)
    return _look_at_ods(name, archive) if "content.xml" in archive.namelist() else _look_at_xlsx(name, archive)


def _forbidden(name: str, what: str) -> DeliveryRefused:
    return DeliveryRefused("onleesbaar", f"{name}: de werkmap bevat {what} en wordt niet geopend. Plak de gegevens als waarden in een nieuwe werkmap (xlsx).")


def _too_big(name: str) -> DeliveryRefused:
    sentence = f"{name}: de werkmap is te groot om veilig te openen. Verwijder lege of verborgen cellen ver buiten de tabel, of lever aan als csv."
    return DeliveryRefused("onleesbaar", sentence)


def _refuse_declarations(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No part of a workbook declares a document type; one that does wants to expand entities or to fetch something."""
    tail = b""
    for block in blocks_of(archive, entry):
        text = tail + block
        if b"\0" in text or re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
            raise _forbidden(name, "een documenttype of entiteiten")
        if entry.filename.endswith(".rels") and re.search(rb"TargetMode\s*=\s*[\"']External", text) and b"/hyperlink" not in text:
            raise _forbidden(name, "koppelingen naar andere bestanden")
        if b"macroEnabled" in text and entry.filename == "[Content_Types].xml":
            raise _forbidden(name, "macro's")
        tail = text[-20:]


def _look_at_xlsx(name: str, archive: zipfile.ZipFile) -> WorkbookLook:
    book, links = _tree(archive, "xl/workbook.xml"), _tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    styles = "|".join(str(place) for place in _percent_styles(archive))
    styled = re.compile(STYLED % styles.encode()) if styles else None
    look = WorkbookLook({}, any(properties.get("date1904") in {"1", "true"} for properties in book.iter(f"{MAIN}workbookPr")))
    seen: dict[str, SheetLook] = {}
    for entry in archive.infolist():
        if re.fullmatch(r"xl/(?:worksheets|chartsheets)/[^/]+\.xml", entry.filename):
            seen[entry.filename.removeprefix("xl/")] = _look_at_sheet(name, archive, entry, styled)
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(LINK), "").removeprefix("/xl/")
        look.sheets[sheet.get("name", "")] = seen.get(target, SheetLook())
    return look


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 no part with a document type comes this far


def _percent_styles(archive: zipfile.ZipFile) -> list[int]:
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = _tree(archive, "xl/styles.xml")
    formats = {int(form.get("numFmtId", 0)) for form in root.iter(f"{MAIN}numFmt") if "%" in form.get("formatCode", "")} | PERCENT_FORMATS
    cells = root.find(f"{MAIN}cellXfs")
    return [place for place, style in enumerate(cells if cells is not None else []) if int(style.get("numFmtId", 0)) in formats]


def _look_at_sheet(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, styled: re.Pattern[bytes] | None) -> SheetLook:
    look, tail, width, height = SheetLook(), b"", 0, 0
    for block in blocks_of(archive, entry):
        text = tail + block
        end = text.rfind(b"<", 0, len(text) - 100) if len(block) == 1 << 20 else len(text)  # a cell and its value stay together
        text, tail = (text[:end], text[end:]) if end > 0 else (text, b"")
        cells = REFERENCE.findall(text)
        width = max(width, *(column_number(letters) for letters in {letters for letters, _ in cells}), 0)
        height = max(height, *(int(row) for row in {row for _, row in cells}), 0)
        if width * height > limits.MOST_CELLS:
            raise _too_big(name)
        look.hidden += len(HIDDEN.findall(text))
        look.errors.update(column_number(letters) - 1 for letters in ERROR.findall(text))
        if styled:
            look.percents.update(column_number(letters) - 1 for letters in styled.findall(text))
    return look


def column_number(letters: bytes) -> int:
    """`A` → 1, `XFD` → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _OdsCells:
    """Walks through the elements of an ODS and keeps the box around the filled cells of each sheet."""

    def __init__(self, name: str) -> None:
        self.name, self.sheets, self.look = name, dict[str, SheetLook](), SheetLook()
        self.row = self.column = self.filled = self.rows_repeated = 0

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        kind = tag.removeprefix(TABLE)
        if kind == "table":
            self.look = self.sheets[attributes.get(f"{TABLE}name", "")] = SheetLook()
            self.row = 0
        elif kind == "table-row":
            self.rows_repeated = int(attributes.get(f"{TABLE}number-rows-repeated", 1))
            self.look.hidden += self.rows_repeated * (attributes.get(f"{TABLE}visibility", "visible") != "visible")
            self.column = self.filled = 0
        elif kind in {"table-cell", "covered-table-cell"}:
            repeated = int(attributes.get(f"{TABLE}number-columns-repeated", 1))
            if f"{OFFICE}value-type" in attributes:
                self.filled = self.column + repeated
                if attributes[f"{OFFICE}value-type"] == "percentage" and self.filled <= limits.MOST_COLUMNS:
                    self.look.percents.update(dict.fromkeys(range(self.column, self.filled), self.rows_repeated))
                if self.filled * (self.row + self.rows_repeated) > limits.MOST_CELLS:
                    raise _too_big(self.name)
            self.column += repeated
        elif kind == "table-source":
            raise _forbidden(self.name, "koppelingen naar andere bestanden")

    def end(self, tag: str) -> None:
        if tag == f"{TABLE}table-row":
            self.row += self.rows_repeated


def _look_at_ods(name: str, archive: zipfile.ZipFile) -> WorkbookLook:
    cells = _OdsCells(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = cells.start, cells.end
    try:
        for block in blocks_of(archive, archive.getinfo("content.xml")):
            parser.Parse(block)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError("content.xml") from error
    return WorkbookLook(cells.sheets)
