"""What every contract carries beside its columns: the law, the owner, the rhythm, the tolerance.

A contract is a Pandera model of one delivery. Its columns and checks say what a row may hold; its `terms` say everything
that a partner and the RIEC agreed around it. Nothing here reads a file or an environment variable.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import pandera.polars as pa


class Rhythm(StrEnum):
    """How often a delivery is due; the value is the Dutch word that partners read."""

    MONTH = "maand"
    QUARTER = "kwartaal"
    YEAR = "jaar"


class Grain(StrEnum):
    """What one row is: a pseudonymised case, a count made by the partner, or a survey estimate."""

    RECORD = "record"
    COUNT = "telling"
    SURVEY = "enquête"


@dataclass(frozen=True)
class Law:
    """The legal frame of a delivery; publication outside it is refused."""

    doel: str
    grondslag: str
    convenant: str
    dpia: str
    bewaartermijn_maanden: int
    smallest_area: str
    smallest_group: Mapping[str, int]
    audiences: tuple[str, ...] = ("professional", "publiek")


@dataclass(frozen=True)
class ODataTable:
    """An OData v4 table as part of the promise: which measure, which dimensions become which column, in which slices.

    `columns` maps a dimension of the service to a contract column, `codes` the service's codes of a dimension to the
    contract's categories (dimensions without an entry keep their code). `where` is the OData filter that all slices
    share; a slice adds some codes of `slice_dimension`. Every slice is asked and kept by itself, so that one that
    cannot be had does not take the others along.
    """

    table: str
    measure: str
    value_column: str
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    where: str
    slice_dimension: str
    slices: Mapping[str, tuple[str, ...]]

    def filter_of(self, slice_: str) -> str:
        """The `$filter` of a slice, in OData v4 notation."""
        codes = " or ".join(f"{self.slice_dimension} eq '{code}'" for code in self.slices[slice_])
        return f"Measure eq '{self.measure}' and {self.where} and ({codes})"


@dataclass(frozen=True)
class Terms:
    """Agreements around one delivery.

    `period_column` names the column that says which period a row is about. `aliases` maps a column of the contract to
    other headings under which partners sent it. `tolerance` is the share of bad rows (0 to 1) with which a file still
    passes. `recorded` is the pattern of recorded answers of an open-data service, below KETENMONITOR_OPEN_DATA.
    `due_days` counts the days after the end of a period until the delivery is late.
    """

    delivery: str
    title: str
    partner: str
    owner: str
    theme: str
    grain: Grain
    rhythm: Rhythm
    due_days: int
    law: Law
    period_column: str
    version: str = "1.0.0"
    changes: tuple[str, ...] = ("1.0.0: eerste versie",)
    confidential: bool = True
    tolerance: float = 0.02
    odata: ODataTable | None = None
    recorded: str = ""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def due_date(self, period: str) -> dt.date:
        """Last day on which the delivery about `period` (`2026`, `2026Q3`, `2026-09`) is on time."""
        return end_of_period(period) + dt.timedelta(days=self.due_days)


def end_of_period(period: str) -> dt.date:
    """Last day of a period in the notation of the house (`2026`, `2026Q3`, `2026-09`).

    Raises ValueError for another notation.
    """
    year = int(period[:4])
    match period[4:]:
        case "":
            month = 12
        case text if text.startswith("Q"):
            month = 3 * int(text[1:])
        case text if text.startswith("-"):
            month = int(text[1:])
        case _:
            raise ValueError(f"not a period: {period!r}")
    return dt.date(year, month, calendar.monthrange(year, month)[1])


class Contract(pa.DataFrameModel):
    """Base of all contracts. Validate eager frames only: on a Polars LazyFrame Pandera's default depth checks the
    schema and lets wrong data pass in silence (a test keeps the proof)."""

    if TYPE_CHECKING:
        _terms: ClassVar[Terms]  # underscore: Pandera takes every other attribute for a column

    class Config:
        strict = True
        coerce = False

    @classmethod
    def terms(cls) -> Terms:
        """The agreements around this delivery."""
        return cls._terms

    @classmethod
    def kinds(cls) -> dict[str, dict[str, object]]:
        """Per column what `fields.py` says of it: kind, description, unit, allowed categories and their aliases."""
        return {name: dict(column.metadata or {}) for name, column in cls.to_schema().columns.items()}

    @classmethod
    def key(cls) -> list[str]:
        """Columns that together may occur once in a delivery."""
        return list(cls.to_schema().unique or [])
