"""The landing: immutable copies named by their sha256."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipelines.durable import write_whole


def digest(content: bytes) -> str:
    """sha256 of a file's bytes, in hex: the name of its copy in the landing."""
    return hashlib.sha256(content).hexdigest()


def land(landing: Path, delivery: str, suffix: str, content: bytes) -> Path:
    """Keeps an immutable, read-only copy as `<landing>/<delivery>/<sha256><suffix>`; the same bytes land once."""
    path = landing / delivery / f"{digest(content)}{suffix}"
    if not path.exists():
        write_whole(path, content, mode=0o440)
    return path
