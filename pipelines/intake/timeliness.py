"""Which period of a delivery is due, and how what came stands to it."""

from __future__ import annotations

import datetime as dt

from data_contracts.base import Contract, Rhythm, Terms


def newest_due_period(terms: Terms, today: dt.date) -> str:
    """The newest period of which the delivery should be in on `today`."""
    period = _period_of(terms.rhythm, today)
    while terms.due_date(period) >= today:
        period = previous_period(period)
    return period


def _period_of(rhythm: Rhythm, day: dt.date) -> str:
    match rhythm:
        case Rhythm.MONTH:
            return f"{day:%Y-%m}"
        case Rhythm.QUARTER:
            return f"{day.year}Q{(day.month + 2) // 3}"
        case Rhythm.YEAR:
            return str(day.year)


def previous_period(period: str) -> str:
    """The period before (`2026Q1` → `2025Q4`)."""
    return _shift(period, -1)


def next_period(period: str) -> str:
    """The period after (`2025-12` → `2026-01`)."""
    return _shift(period, 1)


def _shift(period: str, by: int) -> str:
    year = int(period[:4])
    match period[4:]:
        case "":
            return str(year + by)
        case text if text.startswith("Q"):
            number = year * 4 + int(text[1:]) - 1 + by
            return f"{number // 4}Q{number % 4 + 1}"
        case text:
            number = year * 12 + int(text[1:]) - 1 + by
            return f"{number // 12}-{number % 12 + 1:02d}"


def standing(contract: type[Contract], newest: str | None, today: dt.date) -> tuple[str, dt.date]:
    """Dutch status of a delivery on `today` and the date on which the next one is due.

    `op tijd`: everything due is in. `te laat`: the newest due period is not. `ontbreekt`: nothing ever came.
    """
    terms = contract.terms()
    due = newest_due_period(terms, today)
    if newest is None:
        return "ontbreekt", terms.due_date(due)
    following = terms.due_date(next_period(newest))
    return ("op tijd" if newest >= due else "te laat"), following
