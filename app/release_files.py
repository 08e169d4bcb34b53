"""Files of a release, each compared with its sha256 before it is used, and why one cannot be shown.

The message of an error is a Dutch sentence for the reader, without path or value.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any


class ReleaseError(Exception):
    """The release cannot be shown."""


class NoReleaseError(ReleaseError):
    """Nothing has been published yet."""


class UnknownReleaseError(ReleaseError):
    """The address names a release, or a file of one, that does not exist."""


class WithdrawnReleaseError(ReleaseError):
    """The release was withdrawn, and the address asks for a file to take along."""


class DamagedReleaseError(ReleaseError):
    """The pointer or a file of the release is not what it should be."""


def read_bytes(folder: Path, manifest: dict[str, Any], path: str) -> bytes:
    """One file of the release. Raises OSError, or DamagedReleaseError when it is not what was published."""
    content = (folder / path).read_bytes()
    if hashlib.sha256(content).hexdigest() != manifest["files"].get(path):
        raise DamagedReleaseError("Een bestand van de release is veranderd nadat het werd gepubliceerd.")
    return content


@lru_cache(maxsize=4)
def read_public(folder: Path, name: str) -> tuple[bytes, bool]:
    """A file of the public part of a release, and whether that is synthetic. Kept in memory, for whoever collects one file comes for the others
    too, and the next one for the same; the CSV of the sample has 26 MB. Raises UnknownReleaseError or DamagedReleaseError."""
    path = f"publiek/{name}"
    try:
        manifest = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        if path not in manifest["files"]:
            raise UnknownReleaseError("Dit bestand hoort niet bij deze release.")
        return read_bytes(folder, manifest, path), manifest.get("synthetic") is not False
    except (OSError, ValueError, KeyError, TypeError):
        raise DamagedReleaseError("De release is onvolledig of onleesbaar.") from None
