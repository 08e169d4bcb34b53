"""What happened that a reader of a trend must know: breaks in a series and events, from the register of a release. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from app import wording
from app.catalogue import Indicator
from app.figures import Area
from app.release import Release

BREAK = "trendbreuk"


class Event(NamedTuple):
    """One thing that happened; number: its mark in the chart, period: where that stands, None where the chart has no such period."""

    number: int
    day: dt.date | None
    period: str | None
    kind: str
    title: str
    sentence: str

    @property
    def text(self) -> str:
        """`1. Trendbreuk, 1 oktober 2024: Start van het meldpunt. Sinds ...`"""
        when = wording.format_date(self.day) if self.day else "datum nog niet bekend"
        return f"{self.number}. {wording.label(self.kind)}, {when}: {self.title}. {self.sentence}"


def events_of(release: Release, indicator: Indicator, areas: Sequence[Area], periods: Sequence[str]) -> list[Event]:
    """The events of an indicator for all areas or one of these, the first first, those without a date last. periods: of the chart, of one kind."""
    codes = {(area.level, area.code) for area in areas} | {(None, None)}
    rows = [
        row
        for row in release.registers["gebeurtenissen"].iter_rows(named=True)
        if row["indicator_id"] == indicator.id and (row["area_level"], row["area_code"]) in codes
    ]
    rows.sort(key=lambda row: (row["datum"] is None, row["datum"] or dt.date.min))
    return [
        Event(number, row["datum"], period_with(row["datum"], periods), row["soort"], row["titel"].rstrip("."), row["zin"])
        for number, row in enumerate(rows, start=1)
    ]


def period_with(day: dt.date | None, periods: Sequence[str]) -> str | None:
    """The period in which a day falls, as far as the ends of these periods tell; of the first one the start is not known, and none is before it."""
    ends = sorted((wording.end_of_period(period), period) for period in periods)
    if day is None or len(ends) < 2 or day <= ends[0][0] - (ends[1][0] - ends[0][0]):
        return None
    return next((period for end, period in ends if day <= end), None)
