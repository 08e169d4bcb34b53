"""What is due on a day follows from the rhythm of the contract."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import all_contracts, contract_of
from data_contracts.base import Rhythm
from pipelines.intake.timeliness import newest_due_period, next_period, previous_period, standing

PERIODS = st.one_of(
    st.tuples(st.integers(2010, 2040).map(str), st.just(Rhythm.YEAR)),
    st.tuples(st.integers(1005, 1020).map(lambda half: str(2 * half + 1)), st.just(Rhythm.TWO_YEARS)),
    st.tuples(st.integers(2010, 2040).map(lambda year: f"{year}/{(year + 1) % 100:02d}"), st.just(Rhythm.SCHOOL_YEAR)),
    st.tuples(st.builds("{}Q{}".format, st.integers(2010, 2040), st.integers(1, 4)), st.just(Rhythm.QUARTER)),
    st.tuples(st.builds("{}-{:02d}".format, st.integers(2010, 2040), st.integers(1, 12)), st.just(Rhythm.MONTH)),
)


@given(PERIODS)
def test_the_period_before_the_next_is_the_period_itself_and_periods_sort_as_text(case: tuple[str, Rhythm]) -> None:
    period, rhythm = case
    assert previous_period(next_period(period, rhythm), rhythm) == period
    assert previous_period(period, rhythm) < period < next_period(period, rhythm)
    assert re.fullmatch(r"\d{4}(Q[1-4]|-(0[1-9]|1[0-2])|/\d{2})?", next_period(period, rhythm))


@pytest.mark.parametrize(
    ("delivery", "today", "due"),
    [
        ("politie_online_registraties", "2026-11-21", "2026-09"),  # October is due on the 21st: late from the 22nd
        ("politie_online_registraties", "2026-11-22", "2026-10"),
        ("politie_jeugd_verdachten", "2026-10-30", "2026Q2"),
        ("politie_jeugd_verdachten", "2026-10-31", "2026Q3"),
        ("gemeente_basisniveau", "2026-03-01", "2024"),
        ("gemeente_basisniveau", "2026-03-02", "2025"),
    ],
)
def test_a_period_is_due_from_the_day_after_its_due_date(delivery: str, today: str, due: str) -> None:
    assert newest_due_period(contract_of(delivery).terms(), dt.date.fromisoformat(today)) == due


def test_a_delivery_is_on_time_late_or_missing() -> None:
    contract = contract_of("politie_online_registraties")
    today = dt.date(2026, 11, 22)
    assert standing(contract, "2026-10", today) == ("op tijd", dt.date(2026, 12, 21))
    assert standing(contract, "2026-09", today) == ("te laat", dt.date(2026, 11, 21))
    assert standing(contract, None, today)[0] == "ontbreekt"


@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)))
def test_what_is_due_never_lies_in_the_future(today: dt.date) -> None:
    for contract in all_contracts():
        terms = contract.terms()
        due = newest_due_period(terms, today)
        assert terms.due_date(due) < today
        assert terms.due_date(next_period(due, terms.rhythm)) >= today
