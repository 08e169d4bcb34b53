"""How partners dress their files: one layout a year, and some for the parts of a year that is not over.

Headings are names or aliases of the contract, in the partner's order; what differs is what really differs between the
files of the domain: format, encoding, byte order mark, line ends, title block, header rows, totals row, footer, notations.
A delivery without layouts of its own (`own.py`) gets one of the shared ones (`shared.py`) by a hash of its id and period.
"""

from __future__ import annotations

import dataclasses
import zlib

from data_contracts.base import Contract, Grain
from pipelines.sample.layouts.layout import Layout
from pipelines.sample.layouts.own import PARTS, YEARS
from pipelines.sample.layouts.shared import SHARED

__all__ = ["LARGE", "Layout", "choose_layout"]

LARGE = 100_000  # rows: who has more sends plain CSV (a workbook of 100,000 rows takes 20 s to write, and nobody opens it)
FIRST_LAYOUT_YEAR = 2022  # the year of the first of a partner's own layouts; an earlier year has the last
# From this year on no partner bounds a count: one `<5` in a gemeente makes the total of the region unknown, in all years alike.
EXACT_FROM_YEAR = 2023


def choose_layout(contract: type[Contract], period: str, rows: int = 0) -> Layout:
    """The layout of the file about `period` (`2023`, `2023Q4`, `2023-09`, `2025/26`) with so many rows."""
    terms = contract.terms()
    delivery, year, part = terms.delivery, int(period[:4]), period[4:]
    if rows > LARGE:
        return Layout()
    if delivery not in YEARS:
        layout = SHARED[zlib.crc32(f"{delivery} {period}".encode()) % len(SHARED)]
    elif part:
        layout = PARTS[delivery][(int(part.strip("-Q")) - 1) % len(PARTS[delivery])]
    else:
        layout = YEARS[delivery][(year - FIRST_LAYOUT_YEAR) % len(YEARS[delivery])]
    return dataclasses.replace(
        layout,
        totals=layout.totals and _adds_up(contract),
        bounds=layout.bounds and year < EXACT_FROM_YEAR,
    )


def _adds_up(contract: type[Contract]) -> bool:
    """A row of totals says something under exact counts of areas only."""
    kinds = contract.kinds().values()
    return contract.terms().grain is Grain.COUNT and any(field["kind"] == "area" for field in kinds) and not any(field.get("bounded") for field in kinds)
