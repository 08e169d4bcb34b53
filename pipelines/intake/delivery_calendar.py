"""The calendar of deliveries: which periods each delivery has brought, which it owes, and from when their figures are final.

The models need it because a file cannot tell what is missing: without it a quarter that nobody delivered would count as low.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from data_contracts import all_contracts
from data_contracts.base import Grain, Terms, end_of_period, start_of_period
from pipelines.durable import write_whole
from pipelines.intake import register
from pipelines.intake.timeliness import newest_due_period, next_period
from pipelines.resources import Settings

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "delivery": pl.String,
    "period_grain": pl.String,
    "period": pl.String,
    "start_date": pl.Date,
    "end_date": pl.Date,
    "due_on": pl.Date,
    "final_on": pl.Date,
    "is_delivered": pl.Boolean,
    "first_received_at": pl.Datetime("us"),
}
Received = Mapping[str, Mapping[str, dt.datetime]]  # delivery → period → when a file about it first came


def write_calendar(settings: Settings) -> pl.DataFrame:
    """Writes what the register knows on the settings' day to `settings.calendar`, when it differs from what stands there;
    gives it, in the columns of SCHEMA."""
    calendar = calendar_of(_received(settings.register), settings.today)
    put_calendar(settings.calendar, calendar)
    return calendar


def put_calendar(path: Path, calendar: pl.DataFrame) -> None:
    """Writes the calendar to `path` unless it holds the same rows."""
    if not path.exists() or not pl.read_parquet(path).equals(calendar):
        buffer = io.BytesIO()
        calendar.write_parquet(buffer)
        write_whole(path, buffer.getvalue())


def calendar_of(received: Received, today: dt.date) -> pl.DataFrame:
    """One row per delivery and period of its rhythm, from the first that was delivered to the newest that was delivered or is
    past due on `today`; a delivery that never came has none."""
    rows = [row for contract in all_contracts() if (periods := received.get(contract.terms().delivery)) for row in _rows(contract.terms(), periods, today)]
    return pl.DataFrame(rows, schema=SCHEMA)


def _rows(terms: Terms, received: Mapping[str, dt.datetime], today: dt.date) -> Iterator[dict[str, Any]]:
    period, last = min(received), max(*received, newest_due_period(terms, today))
    while period <= last:  # the notation of a rhythm sorts by time
        end = end_of_period(period)
        yield {
            "delivery": terms.delivery,
            "period_grain": terms.rhythm.value.replace(" ", "_"),
            "period": period,
            "start_date": start_of_period(period),
            "end_date": end,
            "due_on": terms.due_date(period),
            "final_on": end + dt.timedelta(days=terms.final_days) if terms.final_days is not None else None,
            "is_delivered": period in received,
            "first_received_at": received.get(period),
        }
        period = next_period(period, terms.rhythm)


def _received(path: Path) -> Received:
    """Per delivery the periods of its accepted files."""
    found: dict[str, dict[str, dt.datetime]] = {}
    with register.open_register(path) as lines:
        for contract in all_contracts():
            terms = contract.terms()
            for line in register.accepted_lines(lines, terms.delivery, terms.version):  # oldest reception first
                for period in _covered(json.loads(line["periods"]), terms):
                    found.setdefault(terms.delivery, {}).setdefault(period, dt.datetime.fromisoformat(line["received_at"]))
    return found


def _covered(periods: list[str], terms: Terms) -> Iterator[str]:
    """The periods that one file speaks for. Of cases it names those that had one: a quarter between two others had none, and
    was delivered. A count names every period itself."""
    if terms.grain is not Grain.RECORD or not periods:
        yield from periods
        return
    period = periods[0]
    while period <= periods[-1]:
        yield period
        period = next_period(period, terms.rhythm)
