"""Quiet hours go by the clock on the wall of the people who are left in peace."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.notify.quiet import QuietHours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CLOCK = st.times().map(lambda time: time.replace(second=0, microsecond=0))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes))
SUMMER, WINTER = dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC), dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC)  # when the clock is set


def hours(begin: str, end: str, *, weekend: bool = False) -> QuietHours:
    return QuietHours(dt.time.fromisoformat(begin), dt.time.fromisoformat(end), weekend, AMSTERDAM)


@pytest.mark.parametrize(
    ("moment", "is_quiet"),
    [
        ("2026-11-26T18:59", False),
        ("2026-11-26T19:00", True),
        ("2026-11-27T00:00", True),
        ("2026-11-27T07:29", True),
        ("2026-11-27T07:30", False),
        ("2026-11-28T12:00", True),  # Saturday
        ("2026-11-29T23:59", True),
        ("2026-11-30T07:30", False),  # Monday
    ],
)
def test_the_evening_the_night_and_the_weekend_are_quiet(moment: str, is_quiet: bool) -> None:
    local = dt.datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
    assert hours("19:00", "07:30", weekend=True).covers(local) is is_quiet
    assert hours("19:00", "07:30", weekend=True).covers(local.astimezone(dt.UTC)) is is_quiet


def in_an_interval(quiet: QuietHours, moment: dt.datetime) -> bool:
    """The same by another way: an interval of true time for each day on which quiet hours begin."""
    day = moment.astimezone(AMSTERDAM).date()
    for begins in (day - dt.timedelta(days=1), day):
        ends = begins + dt.timedelta(days=quiet.end < quiet.begin)
        start, stop = (dt.datetime.combine(at, time, AMSTERDAM).astimezone(dt.UTC) for at, time in ((begins, quiet.begin), (ends, quiet.end)))
        if start <= moment < stop:
            return True
    return False


@given(begin=CLOCK, end=CLOCK, moment=MOMENTS)
@example(begin=dt.time(19), end=dt.time(7, 30), moment=SUMMER)
@example(begin=dt.time(19), end=dt.time(7, 30), moment=WINTER)
@example(begin=dt.time(23), end=dt.time(1), moment=SUMMER)
@example(begin=dt.time(0), end=dt.time(0), moment=WINTER)
def test_quiet_hours_are_one_stretch_a_day_across_midnight_and_the_setting_of_the_clock(begin: dt.time, end: dt.time, moment: dt.datetime) -> None:
    if 2 in (begin.hour, end.hour):  # that hour comes twice or not at all in a night of two a year: the clock on the wall decides
        begin, end = begin.replace(hour=4 if begin.hour == 2 else begin.hour), end.replace(hour=4 if end.hour == 2 else end.hour)
    quiet = QuietHours(begin, end, weekend=False, zone=AMSTERDAM)
    assert quiet.covers(moment) is in_an_interval(quiet, moment)


@given(begin=CLOCK, end=CLOCK, weekend=st.booleans(), moment=MOMENTS)
def test_quiet_hours_end_within_three_days_so_that_nothing_is_kept_for_good(begin: dt.time, end: dt.time, weekend: bool, moment: dt.datetime) -> None:
    quiet = QuietHours(begin, end, weekend, AMSTERDAM)
    minutes = (begin.hour - end.hour) * 60 + begin.minute - end.minute  # of a day that are not quiet, when it goes past midnight
    later = [moment + dt.timedelta(minutes=step) for step in range(0, 4 * 24 * 60, 7 if abs(minutes) > 60 else 1)]
    assert any(not quiet.covers(each) for each in later)
