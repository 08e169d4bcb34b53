"""One dress of a partner's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.sample.spelling import Spelling

PLAIN = Spelling()


@dataclass(frozen=True)
class Layout:
    """One dress. `headings` maps a column to its heading, in the order of the file; empty: as in the contract.

    `suffix` is csv, tsv, txt, xlsx, ods, parquet or json; with `zipped` that file lies in a zip. Text files have a `delimiter`,
    an `encoding` (`utf-8`, `utf-8-sig` with byte order mark, `cp1252`, `utf-16`) and a `line_end`. `title` puts a title block
    above the header, `groups` a row that names groups of columns, `units` a row of units under it, `footer` a source line at the end, `totals` a row `Totaal`.
    `bounds` writes a count under five as `<5` where the contract lets it, in the years before counts became exact.
    `date_cells` makes dates real dates in a workbook, `hidden` hides a row of data and adds a hidden sheet.
    """

    suffix: str = "csv"
    headings: Mapping[str, str] | None = None
    spelling: Spelling = PLAIN
    delimiter: str = ";"
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    title: bool = False
    groups: bool = False
    units: bool = False
    footer: bool = False
    totals: bool = False
    bounds: bool = False
    date_cells: bool = False
    hidden: bool = False
    zipped: bool = False
