"""The figures as they were known at an earlier moment, made again from what is kept.

Every row carries when it was received, so a data folder of an earlier day can be laid out beside the real one: the lines of the
register up to that moment, links to the files that stood accepted then, the corrections that held then. The ordinary stages
run on that folder, with every test, gate and audit; the real warehouse and releases are not touched. Code, contracts and
catalogue are those of today: a file that was judged by an older version of its contract is judged again.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

from data_contracts import all_contracts
from pipelines.decisions import DecisionsBroken, copy_decisions
from pipelines.durable import write_whole
from pipelines.intake import register
from pipelines.release.memory import copy_memory
from pipelines.resources import AS_OF_MARK, Settings

KEPT = "%Y%m%dT%H%M%S%f"
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700  # corrections and quarantine quote rows
KNOWN = {"received": "received_at", "judged": "judged_at", "deleted": "deleted_at"}


class AsOfRefused(Exception):
    """The figures of that moment cannot be made; the message says why."""


def read_moment(text: str) -> dt.datetime:
    """The end of the day or second that a text names (`2026-06-30`, `2026-06-30T12:00`, with a zone if need be), UTC without
    zone. Raises ValueError for another text."""
    if len(text) == len("2026-06-30"):
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time.max)
    moment = dt.datetime.fromisoformat(text)
    return (moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment).replace(microsecond=999_999)


def keep_corrections(settings: Settings) -> None:
    """Keeps the corrections of the moment when they differ from those kept last: accepted files are rewritten when corrections
    change, and an earlier moment is to be told with those that held then."""
    if settings.as_of:
        return
    now = settings.corrections.read_bytes() if settings.corrections.exists() else b""
    last = max(settings.kept_corrections.glob("*.csv"), default=None)
    if now != (last.read_bytes() if last else b""):
        settings.kept_corrections.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        write_whole(settings.kept_corrections / f"{register.now():{KEPT}}.csv", now, mode=PRIVATE)


def lay_out(settings: Settings, moment: dt.datetime) -> Settings:
    """Makes (again) the data folder of that moment, below `as_of_folders`; gives its settings. Raises AsOfRefused."""
    with register.open_register(settings.register) as lines:
        _check(lines, moment)
    name = f"{moment:%Y-%m-%d}" if moment.time() == dt.time.max else f"{moment:%Y-%m-%dT%H%M%SZ}"
    folder = replace(settings, data_dir=settings.as_of_folders / name, as_of=moment)
    for room in (folder.accepted, folder.quarantine, folder.feedback):
        shutil.rmtree(room, ignore_errors=True)
    for path in (*folder.data_dir.glob(f"{folder.register.name}*"), folder.corrections, folder.landing):
        path.unlink(missing_ok=True)
    folder.data_dir.mkdir(parents=True, exist_ok=True)
    write_whole(folder.data_dir / AS_OF_MARK, f"{moment.isoformat()}\n".encode())
    _link(folder.landing, settings.landing)
    if settings.sample_mark.exists():
        shutil.copyfile(settings.sample_mark, folder.sample_mark)
    held = max((path for path in settings.kept_corrections.glob("*.csv") if path.stem <= f"{moment:{KEPT}}"), default=None)
    if held and held.stat().st_size:
        write_whole(folder.corrections, held.read_bytes(), mode=PRIVATE)
    if settings.project_as_read.exists():
        folder.dbt_target.mkdir(exist_ok=True)
        shutil.copyfile(settings.project_as_read, folder.project_as_read)  # spares 10 s
    _copy_register(settings.register, folder.register, moment)
    _link_files(settings, folder)
    copy_memory(settings.told, folder.told, moment)
    try:
        copy_decisions(settings.decisions, folder.decisions, moment)
    except DecisionsBroken as error:
        raise AsOfRefused(str(error)) from None
    return folder


def _check(lines: sqlite3.Connection, moment: dt.datetime) -> None:
    """Raises AsOfRefused for a moment that is still to come, before anything came, or of which something was deleted since."""
    if moment > register.now():
        raise AsOfRefused(f"{moment:%Y-%m-%d %H:%M} (UTC) is still to come: nobody can say what will be known then")
    (first,) = lines.execute("select min(received_at) from received").fetchone()
    if first is None or first > str(moment):
        raise AsOfRefused(f"nothing had been received by {moment:%Y-%m-%d %H:%M} (UTC); the first file came at {first or 'no time yet'}")
    query = """select count(*), max(d.deleted_at) from deleted d join received r on r.id = d.received_id
        where r.received_at <= :moment and d.deleted_at > :moment"""
    gone, last = lines.execute(query, {"moment": str(moment)}).fetchone()
    if gone:
        raise AsOfRefused(
            f"{gone} file(s) known by {moment:%Y-%m-%d %H:%M} (UTC) were deleted since, at the end of their bewaartermijn (the last at {last[:16]}): "
            "figures as known before that cannot be made again; the releases of that time are still there"
        )


def _copy_register(live: Path, copy: Path, moment: dt.datetime) -> None:
    """The lines of the register that were there at that moment, under their own numbers."""
    with register.open_register(copy) as lines:
        lines.execute("attach ? as live", (str(live),))
        for table, at in KNOWN.items():
            columns = ", ".join(row["name"] for row in lines.execute(f"pragma table_info({table})"))
            lines.execute(f"insert into {table} ({columns}) select {columns} from live.{table} where {at} <= ?", (str(moment),))


def _link_files(settings: Settings, folder: Settings) -> None:
    """Links to what stood accepted and in quarantine then. A file that was judged again since holds other rows by now, and one
    that a real delivery overtook is gone: those are missing here, and are made again from their landed copies."""
    with register.open_register(settings.register) as now, register.open_register(folder.register) as then:
        for contract in all_contracts():
            terms = contract.terms()
            judged_at = {line["id"]: line["judged_at"] for line in register.accepted_lines(now, terms.delivery, terms.version)}
            standing = register.accepted_lines(then, terms.delivery, terms.version)
            unchanged = [line["sha256"] for line in standing if judged_at.get(line["id"]) == line["judged_at"]]
            for room in ("accepted", "quarantine"):
                place = folder.data_dir / room / terms.delivery
                place.mkdir(parents=True, mode=PRIVATE_FOLDER)
                for kept in (settings.data_dir / room / terms.delivery / f"{sha256}.parquet" for sha256 in unchanged):
                    if kept.exists():
                        _link(place / kept.name, kept)


def _link(link: Path, target: Path) -> None:
    """Relative, so that a data folder may be moved; a link and no copy, so that what is deleted at its term is gone here too."""
    link.symlink_to(os.path.relpath(target, link.parent))
