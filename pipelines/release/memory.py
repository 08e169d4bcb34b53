"""What only the pipeline may know of its own releases: a secret key, and every count that a release showed or withheld.

Two releases together can tell what neither tells alone, so each is protected with what the ones before it told. That takes the true
counts, also of what was withheld: they are as confidential as the warehouse, and stay out of the folder of releases.
"""

from __future__ import annotations

import datetime as dt
import io
import secrets
from pathlib import Path

import polars as pl

from pipelines.disclosure.figures import ADDRESS
from pipelines.durable import write_whole
from pipelines.release.errors import AuditFailed

PRIVATE, PRIVATE_FOLDER = 0o600, 0o700
COUNTS, KEY_FILE = "counts.parquet", "release.key"
TEXTS = ("audience", "universe", *ADDRESS)
SCHEMA = pl.Schema([*((name, pl.String()) for name in TEXTS), ("count", pl.Float64()), ("is_shown", pl.Boolean()), ("since", pl.Datetime("us"))])


class Memory:
    """The folder of one data folder's memory; made when it is not there. `key` is a secret of 32 bytes, made once: from it follows what is
    withheld beside small counts, so that the same figures give the same release and nobody else can redo the choice."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError where the folder cannot be read or written, PolarsError for a damaged file and AuditFailed for one of another version:
        then nothing may be published."""
        self._path = folder / COUNTS
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        if not (folder / KEY_FILE).exists():
            write_whole(folder / KEY_FILE, secrets.token_bytes(32), mode=PRIVATE)  # whole or not at all: an empty key would be no secret
        self.key = (folder / KEY_FILE).read_bytes()
        self._counts = pl.read_parquet(self._path) if self._path.exists() else pl.DataFrame(schema=SCHEMA)
        if set(self._counts.columns) != set(SCHEMA):
            raise AuditFailed(f"{COUNTS} in the memory of releases is of another version: move it away, and what went out before is no longer known")
        self._known = self._counts.partition_by("audience", "universe", as_dict=True)
        self._added: list[pl.DataFrame] = []

    def known(self, audience: str, universe: str) -> pl.DataFrame | None:
        """The counts of a universe in earlier releases for an audience (the columns of ADDRESS, `count`, `is_shown`), None where there are none."""
        return self._known.get((audience, universe))

    def add(self, audience: str, universe: str, counts: pl.DataFrame) -> None:
        """Counts (as `known` gives them) of the release that is being built."""
        self._added.append(counts.select(*ADDRESS, "count", "is_shown", audience=pl.lit(audience), universe=pl.lit(universe)))

    def keep(self, since: dt.datetime) -> None:
        """Writes down what was added, as told since this moment (UTC). Before the release is in its place: to remember more than was told is safe."""
        if not self._added:
            return
        added = pl.concat(self._added).with_columns(since=pl.lit(since.astimezone(dt.UTC).replace(tzinfo=None), pl.Datetime("us")))
        told = pl.concat([self._counts, added.select(SCHEMA.names())]).sort("since", maintain_order=True)
        _write(self._path, told.unique([name for name in SCHEMA if name != "since"], keep="first", maintain_order=True))


def copy_memory(folder: Path, copy: Path, moment: dt.datetime) -> None:
    """The memory as it was before the second of a moment (UTC, without zone) began: the same key, and what had been told by then."""
    if not (folder / KEY_FILE).exists():
        return
    copy.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    write_whole(copy / KEY_FILE, (folder / KEY_FILE).read_bytes(), mode=PRIVATE)
    counts = Memory(folder)._counts
    _write(copy / COUNTS, counts.filter(pl.col("since") < moment.replace(microsecond=0)))


def _write(path: Path, counts: pl.DataFrame) -> None:
    content = io.BytesIO()
    counts.write_parquet(content)
    write_whole(path, content.getvalue(), mode=PRIVATE)
