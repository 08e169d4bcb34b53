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


def replace_text(path: Path, text: str) -> None:
    """Replace a small file whole: a reader sees the old text or the new one, never a part."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    write_bytes(temporary, text.encode())
    temporary.replace(path)
    sync(path.parent)
