"""Writing that survives a crash: a file or a folder entry is on disk before the next step relies on it."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Flush a file, or a folder's list of names, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file and flush it, making its folder where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sync(path)


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Writes beside, flushes, renames, flushes the name: a reader or a crash sees the old file or the new one, never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(content)
    put_in_place(beside, path, mode=mode)


def put_in_place(beside: Path, path: Path, *, mode: int | None = None) -> None:
    """Gives a whole file its name: flushes it, renames it, flushes the name."""
    if mode is not None:
        beside.chmod(mode)
    sync(beside)
    beside.replace(path)
    sync(path.parent)
