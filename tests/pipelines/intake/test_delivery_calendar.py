"""The calendar says which periods came, which are owed, and from when their figures are final."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from data_contracts import all_contracts, contract_of
from pipelines.intake.delivery_calendar import SCHEMA, calendar_of, write_calendar
from pipelines.intake.judging import judge_landed
from pipelines.intake.receiving import receive_inbox
from pipelines.resources import Settings
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

CAME = dt.datetime(2026, 4, 20, 9, 0)  # noqa: DTZ001 - UTC without a zone, as the register keeps it
TODAY = dt.date(2026, 11, 22)


def periods(delivery: str, *came: str, today: dt.date = TODAY) -> dict[str, bool]:
    rows = calendar_of({delivery: dict.fromkeys(came, CAME)}, today)
    return dict(rows.select("period", "is_delivered").iter_rows())


def test_a_period_that_nobody_delivered_is_a_fact_of_its_own() -> None:
    assert periods("comensha_slachtoffers", "2025Q4", "2026Q2") == {"2025Q4": True, "2026Q1": False, "2026Q2": True, "2026Q3": False}


def test_a_period_is_owed_from_the_day_after_it_was_due() -> None:
    due = dt.date(2026, 11, 11)  # 42 days after the third quarter
    assert "2026Q3" not in periods("comensha_slachtoffers", "2026Q2", today=due)
    assert periods("comensha_slachtoffers", "2026Q2", today=due + dt.timedelta(days=1))["2026Q3"] is False


def test_a_period_that_came_early_is_listed() -> None:
    assert periods("comensha_slachtoffers", "2026Q3", "2026Q4")["2026Q4"] is True


def test_a_delivery_that_never_came_has_no_periods() -> None:
    assert calendar_of({}, TODAY).is_empty()


def test_figures_are_final_a_number_of_days_after_their_period_or_as_delivered() -> None:
    rows = calendar_of({"comensha_slachtoffers": {"2026Q3": CAME}, "avim_opvang": {"2026-10": CAME}}, TODAY)
    final = dict(rows.select("delivery", "final_on").iter_rows())
    assert final == {"comensha_slachtoffers": dt.date(2027, 3, 29), "avim_opvang": None}


@pytest.mark.parametrize(
    ("delivery", "period", "grain", "start", "end"),
    [
        ("avim_opvang", "2026-02", "maand", (2026, 2, 1), (2026, 2, 28)),
        ("om_zaken", "2026Q3", "kwartaal", (2026, 7, 1), (2026, 9, 30)),
        ("cbs_bevolking", "2026", "jaar", (2026, 1, 1), (2026, 12, 31)),
        ("leerplicht_verzuim", "2025/26", "schooljaar", (2025, 8, 1), (2026, 7, 31)),
        ("cbs_veiligheidsmonitor", "2025", "twee_jaar", (2025, 1, 1), (2025, 12, 31)),
    ],
)
def test_each_rhythm_has_its_periods(delivery: str, period: str, grain: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    row = calendar_of({delivery: {period: CAME}}, TODAY).row(0, named=True)
    assert (row["period_grain"], row["start_date"], row["end_date"]) == (grain, dt.date(*start), dt.date(*end))


def test_figures_are_never_final_before_they_are_due() -> None:
    terms = [contract.terms() for contract in all_contracts()]
    assert [each.delivery for each in terms if each.final_days is not None and each.final_days < each.due_days] == []


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, as_of=dt.datetime.combine(TODAY, dt.time.max))


def deliver(settings: Settings, *quarters: str, name: str) -> None:
    settings.inbox.mkdir(exist_ok=True)
    (settings.inbox / f"{name}.csv").write_bytes(jeugd_csv(*(row for quarter in quarters for row in jeugd_rows(quarter))))
    receive_inbox(settings, name.split(".")[0])
    judge_landed(settings, contract_of("politie_jeugd_verdachten"))


def test_it_follows_the_register_and_is_only_written_when_it_changes(settings: Settings) -> None:
    deliver(settings, "2026Q1", "2026Q3", name="politie_jeugd_verdachten")
    first = write_calendar(settings)
    assert first.schema == pl.Schema(SCHEMA)
    assert dict(first.select("period", "is_delivered").iter_rows()) == {"2026Q1": True, "2026Q2": False, "2026Q3": True}
    written = settings.calendar.stat().st_mtime_ns
    write_calendar(settings)
    assert settings.calendar.stat().st_mtime_ns == written
    assert pl.read_parquet(settings.calendar).equals(first)
