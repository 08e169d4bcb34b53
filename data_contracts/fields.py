"""Field types that contracts share: each gives a Pandera field with the reason and the reading rule beside it.

The metadata `kind` tells `pipelines/intake/convert.py` how to read a partner's text; the checks say what may come out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandera.polars as pa

UNKNOWN = "onbekend"


def _field(kind: str, description: str, *, nullable: bool = False, extra: Mapping[str, object] | None = None, **checks: Any) -> Any:
    metadata = {"kind": kind, "description": description, **(extra or {})}
    return pa.Field(nullable=nullable, metadata=metadata, description=description, **checks)


def area(level: str, *, nullable: bool = False, description: str | None = None) -> Any:
    """Name or code of an area as the partner writes it; whether it exists is a dbt test, so a merger needs no code."""
    return _field("area", description or f"Naam of code van {level}", nullable=nullable, extra={"level": level}, str_length={"min_value": 1})


def year(description: str = "Kalenderjaar, bijvoorbeeld 2026") -> Any:
    """A calendar year, kept as text (`2026`)."""
    return _field("year", description, str_matches=r"^(19|20)\d{2}$")


def quarter(description: str = "Kwartaal, bijvoorbeeld 2026Q3") -> Any:
    """A quarter, kept as text (`2026Q3`)."""
    return _field("quarter", description, str_matches=r"^20\d{2}Q[1-4]$")


def month(description: str = "Maand, bijvoorbeeld 2026-09") -> Any:
    """A month, kept as text (`2026-09`)."""
    return _field("month", description, str_matches=r"^20\d{2}-(0[1-9]|1[0-2])$")


def date(description: str = "Datum, dd-mm-jjjj", *, nullable: bool = False) -> Any:
    """A calendar day; a date before 2000 or after 2099 is a slip of the keys (`0206`, `2206`)."""
    return _field("date", description, nullable=nullable, ge=dt.date(2000, 1, 1), le=dt.date(2099, 12, 31))


def school_year(description: str = "Schooljaar, bijvoorbeeld 2025/26") -> Any:
    """A school year from August to July, kept as text (`2025/26`)."""
    return _field("school_year", description, str_matches=r"^20\d{2}/\d{2}$")


def count(description: str, *, unit: str = "aantal", bounded: bool = False, nullable: bool = False) -> Any:
    """A whole number, never negative; `unit` says of what.

    With `bounded` a partner may write `<5`: then the count itself is empty, and the columns `<name>_minstens` and
    `<name>_hoogstens` beside it say what is known (0 and 4). For an exact count all three are the same.
    """
    return _field("count", description, nullable=nullable or bounded, extra={"unit": unit, "bounded": bounded, "may_be_empty": nullable}, ge=0)


def number(description: str, *, unit: str, lowest: float = 0, highest: float | None = None, nullable: bool = False) -> Any:
    """A measured number with its unit, at least `lowest` and at most `highest`."""
    checks = {"ge": lowest} | ({} if highest is None else {"le": highest})
    return _field("number", description, nullable=nullable, extra={"unit": unit}, **checks)


def percentage(description: str, *, nullable: bool = False) -> Any:
    """A percentage from 0 to 100; partners write `16`, `16,4` or `16,4%`."""
    return number(description, unit="procent", highest=100, nullable=nullable)


def money(description: str, *, nullable: bool = False) -> Any:
    """An amount in euro, never negative."""
    return number(description, unit="euro", nullable=nullable)


def mark(description: str) -> Any:
    """A school mark from 1 to 10, empty when nobody was asked."""
    return number(description, unit="cijfer", lowest=1, highest=10, nullable=True)


def flag(description: str, *, nullable: bool = False) -> Any:
    """Yes or no; partners write ja, nee, J, N, 1, 0, waar, onwaar."""
    return _field("flag", description, nullable=nullable)


def category(description: str, values: Sequence[str], *, aliases: Mapping[str, str] | None = None, nullable: bool = False) -> Any:
    """One of `values`; `aliases` maps what partners also write to it (compared without case and stray spaces)."""
    return _field("category", description, nullable=nullable, extra={"values": tuple(values), "aliases": dict(aliases or {})}, isin=list(values))


def several(description: str, values: Sequence[str], *, aliases: Mapping[str, str] | None = None) -> Any:
    """One or more of `values`, kept sorted and joined by `|`: counts over them overlap and never add up."""
    one = "|".join(values)
    return _field("several", description, extra={"values": tuple(values), "aliases": dict(aliases or {})}, str_matches=rf"^({one})(\|({one}))*$")


def pseudonym(description: str) -> Any:
    """Letters, digits and hyphens that mean nothing outside the partner; never a BSN (see intake/screening.py)."""
    return _field("text", description, str_matches=r"^[A-Za-z0-9-]{6,40}$")


def text(description: str, *, longest: int = 200, nullable: bool = False) -> Any:
    """Free text of at most `longest` characters."""
    return _field("text", description, nullable=nullable, str_length={"min_value": 1, "max_value": longest})
