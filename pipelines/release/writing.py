"""How the files of a release are written: so that the same content gives the same bytes, and is on disk before the release gets its name."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import durable


def write_parquet(path: Path, frame: pl.DataFrame) -> None:
    """Write with one writer and plain Arrow types, so that equal frames give equal bytes and every reader can read them."""
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    schema = pa.schema([(field.name, pa.string() if pa.types.is_large_string(field.type) else field.type) for field in table.schema])
    write_table(path, table.cast(schema))


def write_table(path: Path, table: pa.Table) -> None:
    """Write an Arrow table, making its folder where needed, and flush it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", row_group_size=1_000_000)
    durable.sync(path)


def copy_docs(source: Path, target: Path) -> None:
    """Copy the Data Docs; a link in them could point outside the release, so links are left behind."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink() and not any(parent.is_symlink() for parent in path.relative_to(source).parents if parent != Path()):
            durable.write_bytes(target / path.relative_to(source), path.read_bytes())


def as_json(content: Any) -> bytes:
    """JSON as a release has it: UTF-8, indented, no NaN, dates in ISO form."""
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False, default=_iso) + "\n").encode()


def _iso(item: object) -> str:
    if isinstance(item, dt.date | dt.datetime):
        return item.isoformat()
    raise TypeError(f"a release cannot hold a {type(item).__name__}")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def name_in(folder: Path, path: Path) -> str:
    """The name of a file as release.json lists it: relative to the release, with slashes."""
    return path.relative_to(folder).as_posix()
