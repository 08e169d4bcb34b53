"""XLSX: the figures as real numbers, and a sheet that explains them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter

from app.downloads.columns import DUTCH_COLUMNS, HEADINGS, NUMBERS
from app.downloads.dutch import dutch_rows
from app.downloads.extract import MAKER, Extract, about, states

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575  # of a sheet, below its header; XlsxWriter leaves out the rest without a word
WIDTHS = [13, 12, 34, 14, 11, 22, 28, 15, 15, 11, 11, *[14] * len(NUMBERS)]


def workbook(extract: Extract) -> bytes:
    """XLSX with the sheets `cijfers` and `toelichting`. Texts are written as texts, so none can become a formula.

    Raises ValueError for more rows than a sheet holds.
    """
    if extract.rows.height > MOST_ROWS:
        raise ValueError(f"{extract.indicator.id}: {extract.rows.height} rows are more than the {MOST_ROWS} of a sheet")
    buffer = io.BytesIO()
    note = extract.release.synthetic_note
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        title = extract.indicator.name if note is None else f"{extract.indicator.name} (synthetisch)"
        comments = "\n".join(filter(None, [note, f"Release {extract.release.id}"]))
        book.set_properties({"title": title, "author": MAKER, "comments": comments, "created": extract.made_at})
        bold = book.add_format({"bold": True, "bg_color": "#E8ECF1", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _write_figures(book.add_worksheet("cijfers"), extract, bold, _number_formats(book, extract))
        _write_explanation(book.add_worksheet("toelichting"), extract, bold, wrapped)
    return buffer.getvalue()


def _number_formats(book: xlsxwriter.Workbook, extract: Extract) -> list[Format]:
    """How each number column looks; the cells keep all their digits. Counts that are not whole show two decimals."""
    of_value = f".{'0' * extract.indicator.decimals}" if extract.indicator.decimals else ""
    shown = []
    for name in NUMBERS:
        whole = bool((extract.rows[name].drop_nulls() % 1 == 0).all())
        shown.append(of_value if name not in ("numerator", "denominator") else "" if whole else ".00")
    return [book.add_format({"num_format": f"#,##0{decimals}"}) for decimals in shown]


def _write_figures(sheet: Worksheet, extract: Extract, bold: Format, formats: list[Format]) -> None:
    first = len(HEADINGS) - len(NUMBERS)
    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(0, place, heading, bold)
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, extract.rows.height, len(HEADINGS) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:K1048576"})  # years and codes are texts on purpose
    for at, (texts, numbers) in enumerate(dutch_rows(extract), start=1):
        for place, text in enumerate(texts):
            if text:
                sheet.write_string(at, place, text)
        for place, number in enumerate(numbers):
            if number is not None:
                sheet.write_number(at, first + place, number, formats[place])


def _write_explanation(sheet: Worksheet, extract: Extract, bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    lines = [
        ("onderwerp", "uitleg"),
        *about(extract),
        ("stand", "betekenis"),
        *states(),
        ("kolom", "betekenis"),
        *((column.heading, column.meaning) for column in DUTCH_COLUMNS),
    ]
    for at, (subject, text) in enumerate(lines):
        is_head = text in ("uitleg", "betekenis")
        sheet.write_string(at, 0, subject, bold if is_head else wrapped)
        sheet.write_string(at, 1, text, bold if is_head else wrapped)
    sheet.freeze_panes(1, 0)
