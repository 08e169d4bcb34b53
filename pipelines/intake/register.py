"""The delivery register: what came, when, from where, and what was judged of it. Append-only and crash-safe (SQLite, WAL).

A line is written after its file is safely in place, so that a run that dies between the two is repeated, never half-known.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.intake.refusal import DeliveryRefused

SCHEMA = """
create table if not exists received (
  id integer primary key, delivery text not null, slice text not null default '', sha256 text not null, filename text not null,
  suffix text not null, size integer not null, origin text not null check (origin in ('inbox', 'service', 'recorded', 'synthetic')),
  origin_note text not null, received_at text not null, unique (delivery, sha256));
create table if not exists judged (
  id integer primary key, received_id integer not null references received, contract_version text not null, corrections text not null,
  judged_by text, status text not null check (status in ('accepted', 'refused', 'stumbled')), rule text, sentence text not null,
  periods text not null default '[]', rows_in integer not null default 0, rows_accepted integer not null default 0,
  rows_quarantined integer not null default 0, rows_totals integer not null default 0, guesses text not null default '{}',
  broken text not null default '[]', statistics text not null default '', corrected text not null default '[]',
  warnings text not null default '[]', beside text not null default '[]', judged_at text not null);
create table if not exists deleted (
  id integer primary key, received_id integer not null unique references received, about_until text not null, kept_until text not null,
  reason text not null, deleted_at text not null);
create table if not exists refused_at_door (
  id integer primary key, delivery text, sha256 text not null, filename text not null, rule text not null, sentence text not null,
  seen_at text not null, unique (sha256, filename, rule));
create table if not exists fetched (
  id integer primary key, source text not null, path text not null, version text not null, sha256 text not null, size integer not null,
  filename text not null, fetched_at text not null, unique (source, path, version));
"""
TABLES = ("received", "judged", "deleted", "refused_at_door", "fetched")
APPEND_ONLY = "create trigger if not exists {table}_no_{verb} before {verb} on {table} begin select raise(abort, 'the register is append-only'); end;"


def now() -> dt.datetime:
    """This moment, UTC, without zone: the form in which the register and Parquet keep times."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


@contextlib.contextmanager
def open_register(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the register at `path` (made when absent); commits on leaving, rolls back on an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        _set_aside_first_form(connection)
        connection.executescript(SCHEMA + "".join(APPEND_ONLY.format(table=table, verb=verb) for table in TABLES for verb in ("update", "delete")))
        with connection:
            yield connection
    finally:
        connection.close()


def _set_aside_first_form(connection: sqlite3.Connection) -> None:
    """Lines of version 0.1 did not say which version judged; they are kept under another name, and the files judged again."""
    columns = {row["name"] for row in connection.execute("pragma table_info(judged)")}
    if columns and "judged_by" not in columns:
        connection.executescript("drop trigger judged_no_update; drop trigger judged_no_delete; alter table judged rename to judged_in_0_1;")


def append(connection: sqlite3.Connection, table: str, **line: Any) -> int:
    """Adds one line to a table of the register; a line that is there already stays as it is. Gives its id, or 0."""
    fields = ", ".join(line)
    marks = ", ".join(f":{field}" for field in line)
    values = {field: json.dumps(value) if isinstance(value, list | dict) else value for field, value in line.items()}
    cursor = connection.execute(f"insert or ignore into {table} ({fields}) values ({marks})", values)
    return int(cursor.lastrowid or 0) if cursor.rowcount else 0


def known(connection: sqlite3.Connection, delivery: str, sha256: str) -> sqlite3.Row | None:
    """The line of an earlier reception of the same bytes for the same delivery, if any. Raises DeliveryRefused when that file
    was deleted at the end of its bewaartermijn: it must not come back."""
    query = "select r.*, d.deleted_at from received r left join deleted d on d.received_id = r.id where delivery = ? and sha256 = ?"
    row: sqlite3.Row | None = connection.execute(query, (delivery, sha256)).fetchone()
    if row and row["deleted_at"]:
        raise DeliveryRefused(
            "bewaartermijn",
            f"{row['filename']}: dit bestand is eerder ontvangen, en op {row['deleted_at'][:10]} verwijderd omdat de bewaartermijn voorbij was. "
            "Lever het niet opnieuw aan.",
        )
    return row


def was_fetched(connection: sqlite3.Connection, source: str, path: str, version: str) -> bool:
    """Whether this version of a file of a source was fetched before."""
    query = "select 1 from fetched where source = ? and path = ? and version = ?"
    return connection.execute(query, (source, path, version)).fetchone() is not None


def source_of(connection: sqlite3.Connection, sha256: str) -> str | None:
    """The source that a file with these bytes was last fetched from, if any."""
    row = connection.execute("select source from fetched where sha256 = ? order by id desc limit 1", (sha256,)).fetchone()
    return row["source"] if row else None


STANDS = """j.id = (select max(id) from judged where received_id = r.id and status <> 'stumbled')
    and not exists (select 1 from deleted where received_id = r.id)"""


def unjudged(connection: sqlite3.Connection, delivery: str, version: str, corrections: str = "") -> list[sqlite3.Row]:
    """Receptions of a delivery whose newest judgement is not by this version of its contract with these corrections (their
    digest), oldest first. One over which our own code stumbled counts as not judged."""
    query = f"""
        select r.* from received r where delivery = :delivery and not exists (select 1 from deleted where received_id = r.id)
        and not exists (select 1 from judged j where {STANDS} and contract_version = :version and corrections = :corrections) order by id"""
    return connection.execute(query, {"delivery": delivery, "version": version, "corrections": corrections}).fetchall()


def accepted_lines(connection: sqlite3.Connection, delivery: str, version: str) -> list[sqlite3.Row]:
    """Receptions that count: accepted when last judged, by this version, not deleted, and no stand-in of a slice of which real data was accepted."""
    query = f"""
        select r.*, j.periods, j.rows_in, j.rows_accepted, j.rows_quarantined, j.rows_totals, j.judged_at, j.guesses, j.contract_version, j.judged_by,
          j.statistics, j.corrected, j.warnings
        from received r join judged j on {STANDS} and j.contract_version = ? and j.status = 'accepted'
        where r.delivery = ? order by r.id"""
    lines = connection.execute(query, (version, delivery)).fetchall()
    real = {line["slice"] for line in lines if line["origin"] != "synthetic"}
    return [line for line in lines if not (line["origin"] == "synthetic" and line["slice"] in real)]
