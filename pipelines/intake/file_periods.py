"""Which period a file is about: by its name, and by its rows."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl

from data_contracts.base import Rhythm, Terms, end_of_period, start_of_period
from pipelines.intake.refusal import DeliveryRefused
from pipelines.intake.timeliness import newest_due_period

DATE = re.compile(r"20\d{2}[-_.]?\d{2}[-_.]?\d{2}(?!\d)|\d{2}[-_.]\d{2}[-_.]20\d{2}")
SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d{2})[-_ ](?:20)?(\d{2})(?!\d)")
QUARTER = re.compile(r"(?<!\d)(20\d{2})[-_ ]?(?:[qk]|kw)([1-4])(?!\d)|(?<![a-z0-9])[qk]([1-4])[-_ ]?(20\d{2})(?!\d)", re.IGNORECASE)
MONTH = re.compile(r"(?<!\d)(20\d{2})[-_](0[1-9]|1[0-2])(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def period_of_name(name: str, terms: Terms) -> str | None:
    """The period that a file's name says, in the notation of the house; None where it says none. A full date in the name
    is a day of sending and no period."""
    stem = DATE.sub("", name.rsplit("/", 1)[-1].removeprefix(terms.delivery))
    if terms.rhythm is Rhythm.SCHOOL_YEAR and (found := SCHOOL_YEAR.search(stem)) and int(found[2]) == (int(found[1]) + 1) % 100:
        return f"{found[1]}/{found[2]}"
    if found := QUARTER.search(stem):
        return f"{found[1] or found[4]}Q{found[2] or found[3]}"
    if found := MONTH.search(stem):
        return f"{found[1]}-{found[2]}"
    return found[1] if (found := YEAR.search(stem)) else None


def periods_of(column: pl.Series, terms: Terms) -> list[str]:
    """The distinct periods of the cells of the period column, sorted; dates are put in the rhythm of the delivery."""
    column = column.drop_nulls().unique()
    if column.dtype == pl.Date:
        year = column.dt.year()
        match terms.rhythm:
            case Rhythm.QUARTER:
                column = year.cast(pl.String) + "Q" + column.dt.quarter().cast(pl.String)
            case Rhythm.MONTH:
                column = column.dt.strftime("%Y-%m")
            case Rhythm.SCHOOL_YEAR:
                start = year - (column.dt.month() < 8).cast(pl.Int32)
                column = start.cast(pl.String) + "/" + ((start + 1) % 100).cast(pl.String).str.zfill(2)
            case _:
                column = year.cast(pl.String)
    return sorted(column.unique().to_list())


def refuse_other_period(name: str, periods: list[str], terms: Terms) -> None:
    """Last quarter's file under this quarter's name: the period in the name must be the period of the rows."""
    said = period_of_name(name, terms)
    outside = [period for period in periods if said and not period.startswith(said)]
    if outside and not terms.is_fetched:
        raise DeliveryRefused(
            "periode",
            f"{name}: de bestandsnaam zegt {said}, maar de rijen gaan (ook) over {', '.join(outside[:3])}. "
            "Is het bestand van een vorige periode? Lever het juiste bestand aan, of verbeter de naam.",
        )


def doubt_period(name: str, periods: list[str], terms: Terms, received: dt.date) -> str | None:
    """A Dutch warning about a file that came on `received`: rows about a time still to come, or, where its name says no
    period, rows that are all about an older period than the one that was due."""
    if not periods or terms.is_fetched:
        return None
    if start_of_period(periods[-1]) > received:
        return f"de rijen gaan (ook) over {periods[-1]}, een periode die bij ontvangst nog moest beginnen: controleer de periode"
    due = newest_due_period(terms, received)
    if period_of_name(name, terms) is None and end_of_period(periods[-1]) < end_of_period(due):
        return f"de bestandsnaam noemt geen periode en de rijen gaan over {periods[-1]}, terwijl {due} werd verwacht: controleer of dit het juiste bestand is"
    return None
