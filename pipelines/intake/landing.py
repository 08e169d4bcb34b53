"""The landing: immutable copies named by their sha256, and writing that is whole or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def digest(content: bytes) -> str:
    """sha256 of a file's bytes, in hex: the name of its copy in the landing."""
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Writes beside, flushes to disk, renames: a reader or a crash sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        beside.chmod(mode)
    beside.replace(path)


def land(landing: Path, delivery: str, suffix: str, content: bytes) -> Path:
    """Keeps an immutable, read-only copy as `<landing>/<delivery>/<sha256><suffix>`; the same bytes land once."""
    path = landing / delivery / f"{digest(content)}{suffix}"
    if not path.exists():
        write_whole(path, content, mode=0o440)
    return path
