"""The words of this room: a suite has parts, a part is one small frame with its checks, a check that fails gives findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

Severity = Literal["fout", "waarschuwing", "let op"]
Dimension = Literal["volledigheid", "juistheid", "consistentie", "tijdigheid", "uniciteit", "plausibiliteit"]
Row = Mapping[str, Any]

FINDING_KEYS = ("delivery", "indicator_id", "area_level", "area_code", "period")


@dataclass(frozen=True)
class Between:
    """Every value of `column` lies in [minimum, maximum]; an empty value is not judged."""

    column: str
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Within:
    """Every value of `column` is one of `allowed`; an empty value is not judged."""

    column: str
    allowed: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """One expectation. `sentence` gets the failing rows of one subject and returns Dutch without any count of persons.

    `subject` names the columns whose rows belong to one cause and so to one finding.
    """

    id: str
    severity: Severity
    dimension: Dimension
    description: str
    expect: Between | Within
    sentence: Callable[[Sequence[Row]], str]
    subject: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One small frame (one row per thing judged, never per person) and what is expected of it.

    Columns that findings are filled from where present: delivery, partner, indicator_id, area_level, area_code, period.
    """

    name: str
    title: str
    frame: pl.DataFrame
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Suite:
    """All parts about one mart or one kind of question; `title` is Dutch and heads its page in the Data Docs."""

    name: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Finding:
    """One thing to look at, in the shape of quality.json (house.md). `rows` counts judged rows, never persons."""

    id: str
    severity: Severity
    dimension: Dimension
    delivery: str | None
    partner: str | None
    indicator_id: str | None
    area_code: str | None
    period: str | None
    sentence: str
    rows: int


@dataclass(frozen=True)
class Result:
    """The outcome of one check: rows judged, rows that failed, and the findings made of those.

    `ran` is False when the check could not be carried out; that is never a pass, and its severity is then fout.
    """

    suite: str
    check: str
    severity: Severity
    dimension: Dimension
    description: str
    ran: bool
    rows_checked: int
    rows_failed: int
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether the check ran and found nothing."""
        return self.ran and not self.rows_failed


def findings_of(check: Check, failing: Sequence[Row]) -> tuple[Finding, ...]:
    """Group failing rows by the check's subject and make one finding of each group, in order of first appearance."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in failing:
        groups.setdefault(tuple(row.get(column) for column in check.subject), []).append(row)
    return tuple(_finding(check, rows) for rows in groups.values())


def _finding(check: Check, rows: Sequence[Row]) -> Finding:
    # What differs within the group belongs to no single subject and stays empty: a finding about three areas has no area_code.
    values = {key: {row.get(key) for row in rows} for key in (*FINDING_KEYS, "partner")}
    shared: dict[str, Any] = {key: next(iter(found)) if len(found) == 1 else None for key, found in values.items()}
    address = [str(shared[key]) for key in FINDING_KEYS if key in check.subject and shared[key] is not None]
    return Finding(
        id=":".join([check.id, *address]),
        severity=check.severity,
        dimension=check.dimension,
        delivery=shared["delivery"],
        partner=shared["partner"],
        indicator_id=shared["indicator_id"],
        area_code=shared["area_code"],
        period=shared["period"],
        sentence=check.sentence(rows),
        rows=len(rows),
    )
