"""Retention: what is past its bewaartermijn goes, the register stays, and what was deleted does not come back."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock
from typer.testing import CliRunner

from data_contracts import contract_of
from pipelines.cli import app
from pipelines.intake import register, retention
from pipelines.intake.judging import judge_landed
from pipelines.intake.receiving import keep, receive_inbox
from pipelines.intake.retention import DataFolderBusy, delete_overdue, find_overdue
from pipelines.resources import Settings
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")
ID = JEUGD.terms().delivery  # bewaartermijn 60 maanden
MANY = tuple(f"{district}{number}" for district in "ABC" for number in range(1, 8))
LAST_DAY = dt.date(2026, 3, 31)  # five years after the first quarter of 2021


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder with a file about 2021Q1 (one row in quarantine) and one about 2026Q3, judged."""
    settings = Settings(data_dir=tmp_path)
    settings.inbox.mkdir()
    for quarter in ("2021Q1", "2026Q3"):
        land(settings, f"{ID}_{quarter}.csv", quarter)
    judge_landed(settings, JEUGD)
    return settings


def land(settings: Settings, name: str, quarter: str) -> None:
    with register.open_register(settings.register) as lines:
        rows = [*jeugd_rows(quarter, MANY), f"A9;{quarter};12-17;tuinieren;ja;7"]
        keep(settings, lines, JEUGD, name, jeugd_csv(*rows), origin="inbox", note="Aangeleverd via de inbox")


def stored(settings: Settings) -> dict[str, int]:
    rooms = {"landing": settings.landing, "accepted": settings.accepted, "quarantine": settings.quarantine, "feedback": settings.feedback}
    return {name: sum(path.name != "_schema.parquet" for path in (room / ID).iterdir()) for name, room in rooms.items()}


def test_a_file_is_kept_on_the_last_day_of_its_term_and_goes_the_day_after(settings: Settings) -> None:
    assert delete_overdue(settings, LAST_DAY) == []
    (gone,) = delete_overdue(settings, LAST_DAY + dt.timedelta(days=1))
    assert (gone.filename, gone.about_until, gone.kept_until) == (f"{ID}_2021Q1.csv", dt.date(2021, 3, 31), LAST_DAY)
    assert stored(settings) == {"landing": 1, "accepted": 1, "quarantine": 1, "feedback": 2}


def test_the_register_keeps_hash_counts_and_the_decision(settings: Settings) -> None:
    (gone,) = delete_overdue(settings, dt.date(2026, 11, 22))
    with register.open_register(settings.register) as lines:
        line = lines.execute(
            "select * from received r join judged j on j.received_id = r.id join deleted d on d.received_id = r.id where r.sha256 = ?", (gone.sha256,)
        ).fetchone()
    assert (line["rows_accepted"], line["rows_quarantined"], line["reason"]) == (84, 1, "bewaartermijn van 60 maanden")


def test_a_deleted_file_is_not_lost_not_made_again_and_no_longer_counts(settings: Settings) -> None:
    delete_overdue(settings, dt.date(2026, 11, 22))
    outcome = judge_landed(settings, JEUGD)
    assert (outcome.notices, outcome.written) == ([], frozenset())
    assert outcome.total("rows_accepted") == 84
    assert pl.read_parquet(settings.accepted / ID / "*.parquet")["kwartaal"].unique().to_list() == ["2026Q3"]


def test_the_same_file_again_is_refused_with_a_sentence(settings: Settings) -> None:
    delete_overdue(settings, dt.date(2026, 11, 22))
    again = settings.inbox / f"{ID}_2021Q1.csv"
    again.write_bytes(jeugd_csv(*jeugd_rows("2021Q1", MANY), "A9;2021Q1;12-17;tuinieren;ja;7"))
    (notice,) = receive_inbox(settings, ID)
    assert (notice.status, notice.rule) == ("refused", "bewaartermijn")
    assert "verwijderd omdat de bewaartermijn voorbij was" in notice.sentence
    assert stored(settings)["landing"] == 1


def test_what_was_built_with_it_goes_too(settings: Settings) -> None:
    earlier = settings.as_of_folders / "2026-06-30"
    built = (settings.warehouse, settings.warehouse_mark, settings.marts / "mart_areas", earlier / "register.sqlite", settings.kept_corrections / "1.csv")
    for path in (*built, earlier / "AS_OF", earlier / "releases" / "current"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    delete_overdue(settings, LAST_DAY)
    assert all(path.exists() for path in built)  # nothing was deleted
    delete_overdue(settings, dt.date(2026, 11, 22))
    assert not any(path.exists() for path in built)
    assert sorted(path.name for path in earlier.iterdir()) == ["AS_OF", "releases"]


def test_a_deletion_that_was_broken_off_is_finished_by_the_next(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(retention, "_forget_what_was_built", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            delete_overdue(settings, dt.date(2026, 11, 22))
    assert stored(settings)["landing"] == 2
    judge_landed(settings, JEUGD)
    assert stored(settings)["accepted"] == 1  # by then it no longer counts
    assert delete_overdue(settings, dt.date(2026, 11, 22)) == []
    assert stored(settings) == {"landing": 1, "accepted": 1, "quarantine": 1, "feedback": 2}


def test_a_refused_file_goes_by_the_period_of_its_name_or_by_its_reception(settings: Settings) -> None:
    for name, number in ((f"{ID}_2020Q4.csv", 1), (f"{ID}.csv", 2)):
        with register.open_register(settings.register) as lines:
            keep(settings, lines, JEUGD, name, jeugd_csv(f"A1;onzin;12-17;drugs;ja;{number}"), origin="inbox", note="x")
    judge_landed(settings, JEUGD)
    assert [file.filename for file in find_overdue(settings, LAST_DAY)] == [f"{ID}_2020Q4.csv"]
    received = dt.datetime.now(dt.UTC).date()
    assert f"{ID}.csv" not in [file.filename for file in find_overdue(settings, received.replace(year=received.year + 5, day=1))]
    assert f"{ID}.csv" in [file.filename for file in find_overdue(settings, received.replace(year=received.year + 6))]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [((2021, 3, 31), 60, (2026, 3, 31)), ((2024, 2, 29), 12, (2025, 2, 28)), ((2025, 12, 31), 2, (2026, 2, 28)), ((2025, 12, 31), 12, (2026, 12, 31))],
)
def test_months_are_added_by_the_calendar(day: tuple[int, int, int], months: int, later: tuple[int, int, int]) -> None:
    assert retention._months_later(dt.date(*day), months) == dt.date(*later)


def test_nothing_is_deleted_during_a_run(settings: Settings) -> None:
    with FileLock(settings.data_dir / ".run.lock"), pytest.raises(DataFolderBusy):
        delete_overdue(settings, dt.date(2026, 11, 22))
    assert stored(settings)["landing"] == 2


def test_the_command_tells_first_with_dry_run_and_then_deletes(settings: Settings) -> None:
    def call(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["--data-dir", str(settings.data_dir), "retention", *arguments])
        assert result.exit_code == 0
        return result.output

    assert "de bewaartermijn van 60 maanden eindigde op 31-03-2026: te verwijderen" in call("--dry-run")
    assert stored(settings)["landing"] == 2
    assert json.loads(call("--json"))[0]["delivery"] == ID
    assert "Geen bestand is voorbij zijn bewaartermijn." in call()
