"""What every contract carries beside its columns: the law, the owner, the rhythm, the tolerance.

A contract is a Pandera model of one delivery. Its columns and checks say what a row may hold; its `terms` say everything
that a partner and the RIEC agreed around it. Nothing here reads a file or an environment variable.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import pandera.polars as pa
import polars as pl

AT_LEAST, AT_MOST = "_minstens", "_hoogstens"  # suffixes of the columns beside a count that a partner may bound (`<5`)


class Rhythm(StrEnum):
    """How often a delivery is due; the value is the Dutch word that partners read."""

    MONTH = "maand"
    QUARTER = "kwartaal"
    YEAR = "jaar"
    SCHOOL_YEAR = "schooljaar"
    TWO_YEARS = "twee jaar"


class Grain(StrEnum):
    """What one row is: a pseudonymised case, a count made by the partner, a survey estimate, or an entry of a register or
    reference list."""

    RECORD = "record"
    COUNT = "telling"
    SURVEY = "enquête"
    REFERENCE = "naslag"


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
class Lookup:
    """A second list of the same service that gives each row a text: the entry of `entries` (`<table>/<list>`) whose `match`
    equals the row's `key` gives its `text`. Without such an entry the row has none."""

    key: str
    entries: str
    match: str = "Key"
    text: str = "Title"


@dataclass(frozen=True)
class ODataTable:
    """An OData table (version 4 or 3) as part of the promise: which measure, which dimensions become which column, in which
    slices. A table that lacks one of these is refused when it is fetched.

    `service` names the setting with the base address. `measure` is a measure code (4) or the topic column with its number
    (3, `AantalInwoners_5`). `columns` maps a dimension of the service to a contract column, `codes` the service's codes of
    a dimension or lookup to the contract's words (those without an entry keep their code). `scope` keeps the rows of which
    a dimension matches a pattern. `lookups` and `constants` fill further contract columns. `where` is the OData filter that
    all slices share, with the service's own padding of codes (`'0.0.0 '`); a slice adds some codes of one dimension or more.
    Every slice is asked and kept by itself, so that one that cannot be had does not take the others along.
    """

    table: str
    measure: str
    value_column: str
    columns: Mapping[str, str]
    where: str
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    slices: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=lambda: {"": {}})
    version: int = 4
    service: str = "cbs"
    scope: Mapping[str, str] = field(default_factory=dict)
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """What a row of the service must have besides its measure."""
        return list(dict.fromkeys((*self.columns, *(lookup.key for lookup in self.lookups.values()))))

    def filter_of(self, slice_: str) -> str:
        """The `$filter` of a slice; in version 4 a row is one measure, in version 3 a measure is a column."""
        clauses = [f"Measure eq '{self.measure}'"] if self.version == 4 else []
        either = [" or ".join(f"{dimension} eq '{code}'" for code in codes) for dimension, codes in self.slices[slice_].items()]
        return " and ".join([*clauses, self.where, *(f"({codes})" for codes in either)])


@dataclass(frozen=True)
class Rule:
    """What the columns of one row must say together. `holds` is true where a row is right; where it is null (a cell is
    empty) the rule has nothing to say. `sentence` is Dutch and completes "kolom a + b …"."""

    name: str
    columns: tuple[str, ...]
    sentence: str
    holds: pl.Expr


@dataclass(frozen=True)
class Terms:
    """Agreements around one delivery.

    `period_column` names the column that says which period a row is about. `aliases` maps a column of the contract to
    other headings under which partners sent it. `tolerance` is the share of bad rows (0 to 1) with which a file still
    passes. `recorded` is the pattern of recorded answers of an open-data service, below KETENMONITOR_OPEN_DATA.
    `due_days` counts the days after the end of a period until the delivery is late, `final_days` those until its figures are
    final: up to that day they are called voorlopig. None: what is delivered is final.

    `from_period` is the first period that this version judges; empty for the oldest version. Older versions stand in the
    same file, with the same delivery id. `allowed` maps a column to the reason why contact details (e-mail, phone, address,
    free text) may stand in it; a BSN, birth date or IBAN may stand nowhere. `quirks` says in Dutch what is known to be odd.
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
    from_period: str = ""
    allowed: Mapping[str, str] = field(default_factory=dict)
    quirks: tuple[str, ...] = ()
    final_days: int | None = None

    @property
    def is_fetched(self) -> bool:
        """Open data that the monitor fetches by itself (from a service or what was recorded of it); all else is delivered."""
        return bool(self.odata or self.recorded)

    def due_date(self, period: str) -> dt.date:
        """Last day on which the delivery about `period` (`2026`, `2026Q3`, `2026-09`, `2025/26`) is on time."""
        return end_of_period(period) + dt.timedelta(days=self.due_days)


def start_of_period(period: str) -> dt.date:
    """First day of a period in the notation of the house. Raises ValueError for another notation."""
    last = end_of_period(period)
    months = {"": 12, "Q": 3, "-": 1, "/": 12}[period[4:5]]
    month = last.year * 12 + last.month - months
    return dt.date(month // 12, month % 12 + 1, 1)


def end_of_period(period: str) -> dt.date:
    """Last day of a period in the notation of the house (`2026`, `2026Q3`, `2026-09`, school year `2025/26`).

    Raises ValueError for another notation.
    """
    year = int(period[:4])
    match period[4:]:
        case "":
            month = 12
        case text if text.startswith("Q"):
            month = 3 * int(text[1:])
        case text if text.startswith("/"):
            year, month = year + 1, 7  # Leerplichtwet 1969: a school year runs from 1 August to 31 July
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
        _rules: ClassVar[tuple[Rule, ...]]
    else:
        _rules = ()

    class Config:
        strict = True
        coerce = False

    @classmethod
    @functools.cache
    def to_schema(cls) -> pa.DataFrameSchema:
        """The Pandera schema: the columns, two more beside each count that may be bounded, and the rules over columns."""
        schema = super().to_schema()
        bounds = {
            f"{name}{suffix}": pa.Column(
                pl.Int64,
                pa.Check.ge(0),
                nullable=bool(column.metadata["may_be_empty"]),
                description=f"{column.description}: {'ten minste' if suffix == AT_LEAST else 'ten hoogste'}",
            )
            for name, column in schema.columns.items()
            if (column.metadata or {}).get("bounded")
            for suffix in (AT_LEAST, AT_MOST)
        }
        schema = schema.add_columns(bounds) if bounds else schema
        schema.checks = [*schema.checks, *(_check(rule) for rule in cls._rules)]
        return schema

    @classmethod
    def terms(cls) -> Terms:
        """The agreements around this delivery."""
        return cls._terms

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        """What columns of one row must say together."""
        return cls._rules

    @classmethod
    def kinds(cls) -> dict[str, dict[str, object]]:
        """Per delivered column what `fields.py` says of it: kind, description, unit, allowed categories and their aliases."""
        return {name: dict(column.metadata) for name, column in cls.to_schema().columns.items() if column.metadata}

    @classmethod
    def key(cls) -> list[str]:
        """Columns that together may occur once in a delivery."""
        return list(cls.to_schema().unique or [])


def _check(rule: Rule) -> pa.Check:
    return pa.Check(lambda data: data.lazyframe.select(rule.holds.fill_null(True)), name=rule.name, error=rule.name, title=rule.name)
