"""XLSX and ODS → a grid of text, by calamine, after a look at what it would have to make room for.

Rules: the sheet that names most columns of the contract is read, a hidden one only when no visible sheet does. Hidden rows are
read as any other, because a filter left on hides rows that count. Formulas count by the value that was stored with them;
an error value is missing. How many hidden rows and error values were read is told in the guesses.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from data_contracts.base import Contract
from pipelines.intake import limits
from pipelines.intake.reading.archives import open_archive
from pipelines.intake.reading.extract import SOURCE_ROW, Extract, headings_of, matches, normalise
from pipelines.intake.reading.tables import table_of
from pipelines.intake.reading.workbook_look import SheetLook, WorkbookLook, look_at_workbook
from pipelines.intake.refusal import DeliveryRefused

EPOCHS = {False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)}  # day 0; Excel believes that 1900 was a leap year, so not 31 December
SERIAL = r"^\d{5}(?:,\d+)?$"


def read_workbook(name: str, content: bytes, contract: type[Contract]) -> Extract:
    """Reads the best sheet of a workbook. Raises DeliveryRefused; ValueError or KeyError when it is no workbook."""
    import python_calamine

    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DeliveryRefused(
            "onleesbaar", f"{name}: de werkmap is met een wachtwoord beveiligd of een oude xls. Sla hem op als gewone xlsx, zonder wachtwoord."
        )
    with open_archive(name, content) as archive:
        look = look_at_workbook(name, archive)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = {sheet.name: sheet.visible == python_calamine.SheetVisibleEnum.Visible for sheet in workbook.sheets_metadata}
        sheets = {title: workbook.get_sheet_by_name(title) for title in workbook.sheet_names}
        heads = {title: list(itertools.islice(sheet.iter_rows(), limits.HEADER_WITHIN)) for title, sheet in sheets.items()}
    except python_calamine.CalamineError as error:
        raise ValueError("workbook") from error
    known = headings_of(contract)
    score = {title: max((matches([text_of(cell) for cell in row], known) for row in head), default=0) for title, head in heads.items()}
    best = max(score, key=lambda title: (min(score[title], 2) > 1, visible[title], score[title]))
    seen = look.sheets.get(best, SheetLook())
    grid = _grid(name, sheets[best].to_python(skip_empty_area=False), sheets[best].merged_cell_ranges or [], seen)
    guesses: dict[str, str | int] = {"blad": best}
    guesses |= {} if visible[best] else {"verborgen blad": best}
    guesses |= {"verborgen rijen, meegelezen": seen.hidden} if seen.hidden else {}
    guesses |= {"foutwaarden, gelezen als ontbrekend": seen.errors.total()} if seen.errors else {}
    return _without_serials(table_of(name, grid, contract, guesses), contract, look)


def text_of(cell: object) -> str | None:
    """A cell as a Dutch reader sees it: `7` for 7.0, `7,5` for 7.5, `2026-04-03` for a day, `ja` for true; None when empty."""
    match cell:
        case bool():
            return "ja" if cell else "nee"
        case float() if cell.is_integer():
            return str(int(cell))
        case float():
            return f"{Decimal(repr(cell)):f}".replace(".", ",")  # a dot before three digits would be a thousand point
        case dt.datetime() if cell.time() == dt.time():
            return str(cell.date())
        case None:
            return None
        case _:
            return str(cell).strip() or None


def _grid(name: str, rows: list[list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]], look: SheetLook) -> pl.DataFrame:
    width = max((len(row) for row in rows), default=0)
    if width > limits.MOST_COLUMNS:
        raise DeliveryRefused(
            "onleesbaar", f"{name}: het blad heeft {width} kolommen, meer dan de {limits.MOST_COLUMNS} die worden gelezen. Controleer de levering."
        )
    for (top, left), (bottom, _) in merged:  # a label over several rows; a number over several rows would count twice
        label = rows[top][left] if top < len(rows) and left < width else None
        if isinstance(label, str) or (isinstance(label, float) and 2000 <= label < 2100):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = label
    columns = {str(place): [row[place] for row in rows] for place in range(width)}
    for place, count in look.percents.items():
        cells = columns.get(str(place), [])
        numbers = sum(isinstance(cell, float) for cell in cells)
        if numbers != count:
            raise DeliveryRefused(
                "onleesbaar",
                f"{name}: kolom {place + 1} van het blad heeft procentopmaak bij {count} van de {numbers} getallen. Geef alle cellen dezelfde opmaak.",
            )
        columns[str(place)] = [float(round(Decimal(repr(cell)) * 100, 10)) if isinstance(cell, float) else cell for cell in cells]
    grid = pl.DataFrame({place: [text_of(cell) for cell in cells] for place, cells in columns.items()}, schema_overrides=dict.fromkeys(columns, pl.String))
    return grid.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(SOURCE_ROW))


def _without_serials(extract: Extract, contract: type[Contract], look: WorkbookLook) -> Extract:
    """In a column of dates a number is the day that Excel counts so; elsewhere it stays a number."""
    known, kinds = headings_of(contract), contract.kinds()
    dates = [heading for heading in extract.headings if normalise(heading) in known and kinds[known[normalise(heading)]]["kind"] == "date"]
    days = [
        pl.when(pl.col(heading).str.contains(SERIAL))
        .then((pl.lit(EPOCHS[look.from_1904]) + pl.duration(days=pl.col(heading).str.extract(r"^(\d{5})").cast(pl.Int64))).dt.strftime("%Y-%m-%d"))
        .otherwise(pl.col(heading))
        .alias(heading)
        for heading in dates
    ]
    return Extract(extract.rows.with_columns(days), extract.headings, extract.height, extract.guesses)
