"""Deletes what is past its bewaartermijn. What stays is the register: hash, counts, decisions.

The term runs from the end of the newest period that a file is about, or from its reception where that is not known. The line
of the register comes first and the files go after it, so a run that dies between the two is finished by the next.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from data_contracts import all_contracts, contract_of
from data_contracts.base import end_of_period
from pipelines.intake import register
from pipelines.intake.file_periods import period_of_name
from pipelines.resources import AS_OF_MARK, Settings
from pipelines.swapping import forget_warehouse


class DataFolderBusy(Exception):
    """A run is going on in the same data folder."""


@dataclass(frozen=True)
class Overdue:
    """A received file whose term has ended: `about_until` is the last day that it is about, `kept_until` that of its term."""

    received_id: int
    delivery: str
    filename: str
    sha256: str
    about_until: dt.date
    kept_until: dt.date
    months: int

    @property
    def sentence(self) -> str:
        """What a steward reads of it (Dutch)."""
        return (
            f"{self.filename} ({self.delivery}): gaat over de tijd tot en met {self.about_until:%d-%m-%Y}; "
            f"de bewaartermijn van {self.months} maanden eindigde op {self.kept_until:%d-%m-%Y}"
        )


def find_overdue(settings: Settings, today: dt.date) -> list[Overdue]:
    """Received files whose term has ended before `today` and that were not deleted yet, oldest reception first."""
    query = """
        select r.*, (select json_group_array(j.periods) from judged j where j.received_id = r.id) as judged
        from received r where not exists (select 1 from deleted d where d.received_id = r.id) order by r.id"""
    known = {contract.terms().delivery for contract in all_contracts()}
    with register.open_register(settings.register) as lines:
        files = [_term_of(line) for line in lines.execute(query) if line["delivery"] in known]
    return [file for file in files if file.kept_until < today]


def _term_of(line: sqlite3.Row) -> Overdue:
    delivery = line["delivery"]
    periods = [period for judged in json.loads(line["judged"]) for period in json.loads(judged)]
    newest = max(periods, key=end_of_period, default=None) or period_of_name(line["filename"], contract_of(delivery).terms())
    until = end_of_period(newest) if newest else dt.date.fromisoformat(line["received_at"][:10])
    months = contract_of(delivery, newest).terms().law.bewaartermijn_maanden
    return Overdue(line["id"], delivery, line["filename"], line["sha256"], until, _months_later(until, months), months)


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def delete_overdue(settings: Settings, today: dt.date) -> list[Overdue]:
    """Deletes the landed, accepted, quarantined and answered files of what is overdue, each with a line in the register, and
    the warehouse and marts that were built with them: the next run builds these without. Also finishes a deletion that was
    broken off. Raises DataFolderBusy during a run."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(settings.data_dir / ".run.lock", timeout=0):
            overdue = find_overdue(settings, today)
            with register.open_register(settings.register) as lines:
                for file in overdue:
                    _write_line(lines, file)
                deleted = lines.execute("select r.delivery, r.sha256 from deleted d join received r on r.id = d.received_id").fetchall()
            places = [place for line in deleted for place in _places(settings, line["delivery"], line["sha256"])]
            if places:
                _forget_what_was_built(settings)  # before the files: their names tell the next run what to build again
            for place in places:
                place.unlink()
    except Timeout:
        raise DataFolderBusy(f"another run is going on in {settings.data_dir}; wait for it to end") from None
    return overdue


def _write_line(lines: sqlite3.Connection, file: Overdue) -> None:
    reason = f"bewaartermijn van {file.months} maanden"
    days = {"about_until": file.about_until.isoformat(), "kept_until": file.kept_until.isoformat()}
    register.append(lines, "deleted", received_id=file.received_id, **days, reason=reason, deleted_at=str(register.now()))


def _places(settings: Settings, delivery: str, sha256: str) -> list[Path]:
    """Files that hold something of a received file, as far as they exist."""
    rooms = [(settings.landing, sha256), (settings.accepted, sha256), (settings.quarantine, sha256), (settings.feedback, sha256[:12])]
    return [path for room, name in rooms for path in (room / delivery).glob(f"{name}.*")]


def _forget_what_was_built(settings: Settings) -> None:
    """The warehouse with its marts, the folders of earlier moments but for their releases, and the corrections kept for them."""
    forget_warehouse(settings)
    stays = (AS_OF_MARK, settings.releases.name)
    earlier = [path for folder in settings.as_of_folders.glob("*") for path in folder.iterdir() if path.name not in stays]
    for path in (*earlier, settings.kept_corrections):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
