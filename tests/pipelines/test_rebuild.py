"""A run builds only what follows from changed deliveries, and everything when in doubt."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipelines import rebuild
from pipelines.intake.delivery_calendar import calendar_of
from pipelines.rebuild import CALENDAR, plan_build
from pipelines.resources import BUILT_FROM, DATABASE, Settings
from pipelines.swapping import swap

CAME = dt.datetime(2026, 10, 20, 9, 0)  # noqa: DTZ001 - UTC without a zone, as the register keeps it
TODAY = dt.datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path, as_of=TODAY)
    for delivery in ("cbs_bevolking", "comensha_slachtoffers"):
        (settings.accepted / delivery).mkdir(parents=True)
        (settings.accepted / delivery / "_schema.parquet").write_bytes(b"")
    return settings


def calendar(settings: Settings) -> pl.DataFrame:
    return calendar_of({"comensha_slachtoffers": {"2026Q2": CAME}}, settings.today)


def build(settings: Settings) -> None:
    (settings.building / "marts").mkdir(parents=True)
    (settings.building / DATABASE).write_bytes(b"database")
    (settings.building / BUILT_FROM).write_text(json.dumps(plan_build(settings, calendar(settings)).state))
    swap(settings)


def changed(settings: Settings) -> tuple[str, ...] | None:
    return plan_build(settings, calendar(settings)).changed


def test_the_first_build_builds_everything(settings: Settings) -> None:
    assert changed(settings) is None
    assert plan_build(settings, calendar(settings)).selection == []


def test_nothing_changed_builds_nothing(settings: Settings) -> None:
    build(settings)
    assert changed(settings) == ()


def test_a_changed_delivery_builds_what_follows_from_it_and_the_calendar(settings: Settings) -> None:
    build(settings)
    (settings.accepted / "comensha_slachtoffers" / "new.parquet").write_bytes(b"")
    assert plan_build(settings, calendar(settings)).selection == ["--select", CALENDAR, "source:accepted.comensha_slachtoffers+"]


@pytest.mark.parametrize(("days", "reason"), [(0, None), (36, "2026Q2 is final, 180 days after its end"), (-20, "2026Q3 is not due yet")])
def test_another_day_builds_the_deliveries_of_which_it_changes_a_period(settings: Settings, days: int, reason: str | None) -> None:
    build(settings)
    assert changed(replace(settings, as_of=TODAY + dt.timedelta(days=days))) == (("comensha_slachtoffers",) if reason else ())


def test_a_lost_database_or_mart_builds_everything(settings: Settings) -> None:
    build(settings)
    settings.marts.rmdir()
    assert changed(settings) is None


def test_another_dbt_project_builds_everything(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(settings)
    monkeypatch.setattr(rebuild, "project_files", list)
    assert changed(settings) is None


def test_a_delivery_that_is_new_to_the_project_builds_everything(settings: Settings) -> None:
    build(settings)
    (settings.accepted / "halt_verwijzingen").mkdir()
    assert changed(settings) is None
