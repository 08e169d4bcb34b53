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

SCHEMA = """
create table if not exists received (
  id integer primary key, delivery text not null, slice text not null default '', sha256 text not null, filename text not null,
  suffix text not null, size integer not null, origin text not null check (origin in ('inbox', 'service', 'recorded', 'synthetic')),
  origin_note text not null, received_at text not null, unique (delivery, sha256));
create table if not exists judged (
  id integer primary key, received_id integer not null references received, contract_version text not null,
  status text not null check (status in ('accepted', 'refused')), rule text, sentence text not null, periods text not null,
  rows_in integer not null, rows_accepted integer not null, rows_quarantined integer not null, guesses text not null,
  judged_at text not null, unique (received_id, contract_version));
create table if not exists refused_at_door (
  id integer primary key, delivery text, sha256 text not null, filename text not null, rule text not null, sentence text not null,
  seen_at text not null, unique (sha256, filename, rule));
"""
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
        connection.executescript(
            SCHEMA + "".join(APPEND_ONLY.format(table=table, verb=verb) for table in ("received", "judged", "refused_at_door") for verb in ("update", "delete"))
        )
        with connection:
            yield connection
    finally:
        connection.close()


def append(connection: sqlite3.Connection, table: str, **line: Any) -> int:
    """Adds one line to `received`, `judged` or `refused_at_door`; a line that is there already stays as it is. Gives its id, or 0."""
    fields = ", ".join(line)
    marks = ", ".join(f":{field}" for field in line)
    values = {field: json.dumps(value) if isinstance(value, list | dict) else value for field, value in line.items()}
    cursor = connection.execute(f"insert or ignore into {table} ({fields}) values ({marks})", values)
    return int(cursor.lastrowid or 0) if cursor.rowcount else 0


def known(connection: sqlite3.Connection, delivery: str, sha256: str) -> sqlite3.Row | None:
    """The line of an earlier reception of the same bytes for the same delivery, if any."""
    row: sqlite3.Row | None = connection.execute("select * from received where delivery = ? and sha256 = ?", (delivery, sha256)).fetchone()
    return row


def unjudged(connection: sqlite3.Connection, delivery: str, version: str) -> list[sqlite3.Row]:
    """Receptions of a delivery that this version of its contract has not judged, oldest first."""
    query = (
        "select * from received r where delivery = ? and not exists (select 1 from judged j where j.received_id = r.id and j.contract_version = ?) order by id"
    )
    return connection.execute(query, (delivery, version)).fetchall()


def accepted_lines(connection: sqlite3.Connection, delivery: str, version: str) -> list[sqlite3.Row]:
    """Receptions that count: accepted by this version, and no stand-in of a slice of which real data was accepted."""
    query = """
        select r.*, j.periods, j.rows_in, j.rows_accepted, j.rows_quarantined, j.judged_at, j.guesses, j.contract_version
        from received r join judged j on j.received_id = r.id and j.contract_version = ? and j.status = 'accepted'
        where r.delivery = ? order by r.id"""
    lines = connection.execute(query, (version, delivery)).fetchall()
    real = {line["slice"] for line in lines if line["origin"] != "synthetic"}
    return [line for line in lines if not (line["origin"] == "synthetic" and line["slice"] in real)]
