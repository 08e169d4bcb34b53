"""Dresses a made frame as a partner's file, and puts it in the inbox whole, with the time at which it was sent."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from pipelines.sample.layouts import Layout
from pipelines.sample.spelling import spell

if TYPE_CHECKING:
    from data_contracts.base import Contract  # at run time it would bring Pandera: 1.2 s

NOTE = "Synthetische voorbeelddata: verzonnen, geen echte gegevens"
FIXED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # as the moment of making, so that the same call gives the same bytes
Cell = str | int | float | dt.date | None
Kinds = Mapping[str, Mapping[str, object]]


def dress(frame: pl.DataFrame, contract: type[Contract], period: str, layout: Layout, *, seed: int) -> bytes:
    """The bytes of a partner file: `frame` (columns of the contract, areas as codes) in the layout's format and spelling.

    The same arguments give the same bytes. The file's own totals row, if any, is right.
    """
    delivery, kinds = contract.terms().delivery, contract.kinds()
    generator = np.random.default_rng([seed, *delivery.encode(), *period.encode()])
    headings = dict(layout.headings or {column: column for column in kinds})
    texts = {column: spell(frame[column], kinds[column], layout.spelling, generator) for column in headings}
    if layout.totals:
        total = _sum_counts(frame, kinds)
        texts = {column: pl.concat([series, spell(total[column], kinds[column], layout.spelling, generator)]) for column, series in texts.items()}
        frame = pl.concat([frame, total])
    if layout.suffix == "csv":
        return _write_csv(headings, texts, layout)
    cells = {column: _make_cells(frame[column], texts[column], str(kinds[column]["kind"]), layout) for column in headings}
    return _write_workbook(contract, period, headings, cells)


def put_file(path: Path, content: bytes, sent: dt.datetime) -> Path:
    """Writes beside, sets the moment of sending as modification time, and renames: a reader sees a whole file or none."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    os.utime(beside, (sent.timestamp(), sent.timestamp()))
    os.replace(beside, path)
    return path


def _sum_counts(frame: pl.DataFrame, kinds: Kinds) -> pl.DataFrame:
    """The row `Totaal`: its name stands in the column of the area, the sums under the counts, nothing elsewhere."""
    area = next(column for column in frame.columns if kinds[column]["kind"] == "area")
    sums = [pl.col(column).sum() for column in frame.columns if kinds[column]["kind"] in {"count", "number"}]
    return frame.select(*sums, pl.lit("Totaal").alias(area)).match_to_schema(frame.schema, missing_columns="insert")


def _write_csv(headings: Mapping[str, str], texts: Mapping[str, pl.Series], layout: Layout) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator=layout.line_end)
    writer.writerow(headings.values())
    writer.writerows(zip(*(texts[column].fill_null("").to_list() for column in headings), strict=True))
    return buffer.getvalue().encode(layout.encoding)


def _make_cells(series: pl.Series, texts: pl.Series, kind: str, layout: Layout) -> list[Cell]:
    """Numbers stay numbers in a workbook, also the year and the flags 1 and 0; the rest is text."""
    if kind in {"count", "number"} or (kind == "date" and layout.date_cells):
        return list(series)
    return [int(text) if text in {"0", "1"} or (kind == "year" and text) else text for text in texts]


def _write_workbook(contract: type[Contract], period: str, headings: Mapping[str, str], cells: Mapping[str, Sequence[Cell]]) -> bytes:
    """Three sheets: an explanation, the data under a title block with a merged title, and the definitions of the columns."""
    import xlsxwriter

    terms = contract.terms()
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd-mm-yyyy"}) as workbook:
        workbook.set_properties({"title": f"{terms.title} {period}", "comments": NOTE, "created": FIXED})
        bold = workbook.add_format({"bold": True})
        explanation = workbook.add_worksheet("Toelichting")
        about = (NOTE, f"Levering van {terms.partner} over {period}", f"Opgesteld voor: {terms.law.doel}", "De gegevens staan op het blad Gegevens.")
        explanation.write_column(0, 0, about)
        data = workbook.add_worksheet("Gegevens")
        data.merge_range(0, 0, 0, len(headings) - 1, f"{terms.title}, {period}", bold)
        data.write(1, 0, NOTE)
        data.write_row(3, 0, headings.values(), bold)
        for place, column in enumerate(headings):
            data.write_column(4, place, cells[column])
        definitions = workbook.add_worksheet("Definities")
        for row, (column, heading) in enumerate(headings.items()):
            definitions.write_row(row, 0, (heading.strip(), contract.kinds()[column]["description"]))
    return buffer.getvalue()
