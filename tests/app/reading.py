"""Reads every kind of downloaded file back into the fifteen columns of a release, and into all the words that it holds."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pyarrow.parquet as pq
from polars.testing import assert_frame_equal
from python_calamine import CalamineWorkbook

from app.release import VALUE_COLUMNS

NUMBERS = VALUE_COLUMNS[-5:]
DUTCH = {
    "gebiedsniveau": "area_level",
    "gebiedscode": "area_code",
    "periode_soort": "period_grain",
    "periode": "period",
    "uitsplitsing_1": "dimension_1",
    "categorie_1": "category_1",
    "uitsplitsing_2": "dimension_2",
    "categorie_2": "category_2",
    "stand": "state",
    "waarde": "value",
    "teller": "numerator",
    "noemer": "denominator",
    "ondergrens": "lower",
    "bovengrens": "upper",
}


def unzip(content: bytes) -> dict[str, bytes]:
    """The files of a zip, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of each sheet of an XLSX."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def dutch_lines(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Header lines of a CSV for Dutch Excel, and its table with the headings first."""
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    head = [line[0] for line in lines if line[0].startswith("# ")]
    return head, lines[len(head) :]


def plain_lines(content: bytes) -> list[list[str]]:
    """The lines of a plain CSV."""
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def _frame(names: list[str], rows: list[list[Any]], decimal: str, indicator_id: str) -> pl.DataFrame:
    """Rows under their names in a release; an empty text of a file for Excel is a total."""
    here = [DUTCH.get(name, name) for name in names]

    def value(name: str, cell: Any) -> Any:
        if name in NUMBERS:
            return None if cell == "" else float(str(cell).replace(decimal, "."))
        return "totaal" if cell == "" else cell

    found = [
        {name: value(name, cell) for name, cell in zip(here, row, strict=True)} | ({} if "indicator_id" in here else {"indicator_id": indicator_id})
        for row in rows
    ]
    return pl.DataFrame(found, schema={name: pl.Float64 if name in NUMBERS else pl.String for name in VALUE_COLUMNS})


def figures_of(content: bytes, code: str, indicator_id: str = "mh_slachtoffers") -> pl.DataFrame:
    """The figures in a file of the format `code`, in the columns of a release. In a zip every file with figures must hold the same."""
    match code:
        case "xlsx":
            names, *rows = sheets(content)["cijfers"]
            return _frame(names, rows, ",", indicator_id)
        case "excel_csv":
            names, *rows = dutch_lines(content)[1]
            return _frame(names, rows, ",", indicator_id)
        case "plain_csv":
            names, *rows = plain_lines(content)
            return _frame(names[:15], [row[:15] for row in rows], ".", indicator_id)
        case "parquet":
            return pl.from_arrow(pq.read_table(io.BytesIO(content)))  # type: ignore[return-value]
    kinds = {"_excel.csv": "excel_csv", ".csv": "plain_csv", ".xlsx": "xlsx", ".parquet": "parquet"}
    found = []
    for name, inside in unzip(content).items():
        if kind := next((kind for ending, kind in kinds.items() if name.endswith(ending)), None):
            found.append(figures_of(inside, kind, indicator_id))
    assert len(found) == len({kind for kind in kinds.values() if code == "zip" or kind == "plain_csv"})
    for one in found:
        assert_same_figures(one, found[-1])
    return found[-1]


def assert_same_figures(found: pl.DataFrame, expected: pl.DataFrame, digits: int = 15) -> None:
    """The same rows in the same order; numbers to `digits` digits, of which Excel holds fifteen."""
    assert_frame_equal(found, expected, rel_tol=10.0**-digits, abs_tol=0)


def words_of(content: bytes, name: str) -> dict[str, str]:
    """All text of a file; of a zip per file in it."""
    if name.endswith(".zip"):
        return {inner: text for entry, inside in unzip(content).items() for inner, text in words_of(inside, entry).items()}
    if name.endswith(".xlsx"):
        return {name: "\n".join(str(cell) for rows in sheets(content).values() for row in rows for cell in row)}
    if name.endswith(".parquet"):
        return {name: "\n".join(text.decode() for pair in pq.read_schema(io.BytesIO(content)).metadata.items() for text in pair)}
    if name.endswith(".png"):
        return {}
    if name.endswith(".svg"):
        return {name: svg_words(content)}
    return {name: content.decode("utf-8")}


def svg_words(content: bytes) -> str:
    """What a picture says: its texts, and what a screen reader is told of its shapes."""
    root = ElementTree.fromstring(content)
    return " ".join(" ".join([*element.attrib.get("aria-label", "").split(), *(element.text or "").split()]) for element in root.iter())
