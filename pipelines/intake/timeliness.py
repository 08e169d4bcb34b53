"""Which period of a delivery is due, and how what came stands to it."""

from __future__ import annotations

import datetime as dt

from data_contracts.base import Contract, Rhythm, Terms


def newest_due_period(terms: Terms, today: dt.date) -> str:
    """The newest period of which the delivery should be in on `today`."""
    period = _period_of(terms.rhythm, today)
    while terms.due_date(period) >= today:
        period = previous_period(period, terms.rhythm)
    return period


def _period_of(rhythm: Rhythm, day: dt.date) -> str:
    match rhythm:
        case Rhythm.MONTH:
            return f"{day:%Y-%m}"
        case Rhythm.QUARTER:
            return f"{day.year}Q{(day.month + 2) // 3}"
        case Rhythm.YEAR:
            return str(day.year)
        case Rhythm.TWO_YEARS:
            return str(day.year - (day.year + 1) % 2)  # surveys of this rhythm are held in odd years
        case Rhythm.SCHOOL_YEAR:
            return _school_year(day.year - (day.month < 8))


def _school_year(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02d}"


def previous_period(period: str, rhythm: Rhythm) -> str:
    """The period before (`2026Q1` → `2025Q4`; `2025` of a two-year survey → `2023`)."""
    return _shift(period, -1, rhythm)


def next_period(period: str, rhythm: Rhythm) -> str:
    """The period after (`2025-12` → `2026-01`)."""
    return _shift(period, 1, rhythm)


def _shift(period: str, by: int, rhythm: Rhythm) -> str:
    year = int(period[:4])
    match rhythm:
        case Rhythm.YEAR:
            return str(year + by)
        case Rhythm.TWO_YEARS:
            return str(year + 2 * by)
        case Rhythm.SCHOOL_YEAR:
            return _school_year(year + by)
        case Rhythm.QUARTER:
            number = year * 4 + int(period[5:]) - 1 + by
            return f"{number // 4}Q{number % 4 + 1}"
        case Rhythm.MONTH:
            number = year * 12 + int(period[5:]) - 1 + by
            return f"{number // 12}-{number % 12 + 1:02d}"


def standing(contract: type[Contract], newest: str | None, today: dt.date) -> tuple[str, dt.date]:
    """Dutch status of a delivery on `today` and the date on which the next one is due.

    `op tijd`: everything due is in. `te laat`: the newest due period is not. `ontbreekt`: nothing ever came.
    """
    terms = contract.terms()
    due = newest_due_period(terms, today)
    if newest is None:
        return "ontbreekt", terms.due_date(due)
    following = terms.due_date(next_period(newest, terms.rhythm))
    return ("op tijd" if newest >= due else "te laat"), following
