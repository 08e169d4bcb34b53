"""Dutch numbers, periods and lists for sentences that partners and the werkgroep read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
QUARTERS = ("het eerste kwartaal van", "het tweede kwartaal van", "het derde kwartaal van", "het vierde kwartaal van")
LEVELS = {
    "regio": ("regio", "regio's"),
    "zorgregio": ("zorgregio", "zorgregio's"),
    "district": ("district", "districten"),
    "abc": ("gebied", "gebieden"),
    "basisteam": ("basisteam", "basisteams"),
    "gemeente": ("gemeente", "gemeenten"),
    "wijk": ("wijk", "wijken"),
}


def number_text(number: float) -> str:
    """94093 → `94.093`; 2.5 → `2,5` (at most one decimal)."""
    text = f"{number:,.1f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,"))


def percentage_text(share: float) -> str:
    """0.025 → `2,5%`; a share above 0 that would round to 0 reads `minder dan 0,1%`."""
    return "minder dan 0,1%" if 0 < share < 0.0005 else f"{number_text(100 * share)}%"


def date_text(date: dt.date) -> str:
    """2026-11-22 → `22 november 2026`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def period_text(period: str) -> str:
    """`2026` → `2026`, `2026Q3` → `het derde kwartaal van 2026`, `2026-09` → `september 2026`; another notation as it is."""
    year, rest = period[:4], period[4:]
    if rest.startswith("Q") and rest[1:] in {"1", "2", "3", "4"}:
        return f"{QUARTERS[int(rest[1:]) - 1]} {year}"
    if rest.startswith("-") and rest[1:].isdigit() and 1 <= int(rest[1:]) <= 12:
        return f"{MONTHS[int(rest[1:]) - 1]} {year}"
    return period


def list_text(names: Sequence[str], *, longest: int = 5) -> str:
    """`A`, `A en B`, `A, B en C`; past `longest` names the rest is counted: `A, B en 12 andere`."""
    if len(names) > longest:
        return f"{', '.join(names[: longest - 1])} en {len(names) - longest + 1} andere"
    return " en ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def level_text(level: str, number: int) -> str:
    """`27 gemeenten`, `1 district`."""
    one, more = LEVELS.get(level, ("gebied", "gebieden"))
    return f"{number_text(number)} {one if number == 1 else more}"
