"""The ODCS documents of an earlier commit, and which version of today continues one of them."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

FOLDER = "data_contracts/odcs"
SUFFIX = ".odcs.yaml"


def documents(root: Path) -> dict[str, str]:
    """The documents that lie in the project, file name → text."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((root / FOLDER).glob(f"*{SUFFIX}"))}


def committed(root: Path, revision: str = "HEAD") -> dict[str, str] | None:
    """The documents of a revision, file name → text: none when it has none, None when git does not know this project."""
    if Path(_git(root, "rev-parse", "--show-toplevel").decode().strip() or "/").resolve() != root.resolve():
        return None
    archive = _git(root, "archive", revision, FOLDER)
    if not archive:
        return {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        opened = {Path(member.name).name: files.extractfile(member) for member in files if member.isfile()}
        return {name: file.read().decode() for name, file in opened.items() if file}


def base_of(root: Path) -> str | None:
    """The commit to compare with: where this branch left the upstream one, or else the first parent. None when there is none,
    as in a shallow checkout."""
    head = _git(root, "rev-parse", "HEAD")
    left = _git(root, "merge-base", "HEAD", "origin/HEAD")
    base = left if left not in (b"", head) else _git(root, "rev-parse", "--verify", "--quiet", "HEAD^1")
    return base.decode().strip() or None


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing when it fails or is not there."""
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        return b""


def delivery_of(name: str) -> str:
    """The delivery that a document is about, from its file name."""
    return name.removesuffix(SUFFIX).rpartition("-")[0]


def version_of(name: str) -> str:
    """The version that a document is of, from its file name."""
    return name.removesuffix(SUFFIX).rpartition("-")[2]


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, to compare: '1.10.0' → (1, 10, 0)."""
    return tuple(int(number) for number in version.split("."))


def heir_of(version: str, versions: Iterable[str]) -> str | None:
    """The version that must keep what `version` promised: itself, or the next with the same major number."""
    heirs = [each for each in versions if numbers(each)[0] == numbers(version)[0] and numbers(each) >= numbers(version)]
    return min(heirs, key=numbers, default=None)
