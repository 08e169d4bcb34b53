"""The landing: immutable copies named by their sha256."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pipelines.durable import sync, write_whole

CHUNK = 1 << 20


class StillWritten(Exception):
    """The file changed while it was taken; it is left for the next time."""


def digest(content: bytes) -> str:
    """sha256 of bytes, in hex: the name of their copy in the landing."""
    return hashlib.sha256(content).hexdigest()


def digest_of_file(path: Path) -> str:
    """sha256 of a file, in hex, without holding it in memory. Raises OSError for a link and for what cannot be read."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def land(landing: Path, delivery: str, suffix: str, content: bytes) -> Path:
    """Keeps an immutable, read-only copy as `<landing>/<delivery>/<sha256><suffix>`; the same bytes land once."""
    path = landing / delivery / f"{digest(content)}{suffix}"
    if not path.exists():
        write_whole(path, content, mode=0o440)
    return path


def land_file(landing: Path, delivery: str, suffix: str, source: Path, sha256: str) -> Path:
    """The same for a file of any size, of which `sha256` was inspected. Raises StillWritten when it holds other bytes now."""
    path = landing / delivery / f"{sha256}{suffix}"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    copied = hashlib.sha256()
    try:
        with open(os.open(source, os.O_RDONLY | os.O_NOFOLLOW), "rb") as reader, beside.open("wb") as writer:
            while chunk := reader.read(CHUNK):
                copied.update(chunk)
                writer.write(chunk)
        if copied.hexdigest() != sha256:
            raise StillWritten(path.name)
        sync(beside)
        beside.chmod(0o440)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync(path.parent)
    return path
