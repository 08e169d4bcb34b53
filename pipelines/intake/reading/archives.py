"""Zip files as partners send them: looked at before anything is unpacked, and never unpacked to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipelines.intake import limits
from pipelines.intake.refusal import DeliveryRefused

BLOCK = 1 << 20
CLUTTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")  # what operating systems add
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")
ENCRYPTED = 0x1


def open_archive(name: str, content: bytes) -> zipfile.ZipFile:
    """A zip whose directory stays within the limits. Raises DeliveryRefused, or BadZipFile when it is none."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.MOST_ENTRIES:
        raise _refused(name, f"het bevat {len(entries)} bestanden, meer dan {limits.MOST_ENTRIES}")
    if unpacked > limits.MOST_BYTES_UNPACKED:
        raise _refused(name, f"het is uitgepakt groter dan {limits.MOST_BYTES_UNPACKED // 1_000_000} MB")
    if unpacked > limits.LEAST_BYTES_FOR_RATIO and unpacked > limits.MOST_RATIO * len(content):
        raise _refused(name, f"het is uitgepakt meer dan {limits.MOST_RATIO} keer zo groot")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise _refused(name, "het is met een wachtwoord beveiligd")
    return archive


def blocks_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of an entry by the megabyte. Raises BadZipFile when it is not what the directory says of it."""
    with archive.open(entry) as file:
        while block := file.read(BLOCK):
            yield block


def only_file_of(name: str, content: bytes, suffixes: tuple[str, ...]) -> tuple[str, bytes]:
    """Name and content of the one data file in a zip. Raises DeliveryRefused."""
    with open_archive(name, content) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry.filename)]
        for entry in entries:
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or stat.S_ISLNK(entry.external_attr >> 16):
                raise _refused(name, "een bestand erin wijst naar een plek erbuiten")
            if path.suffix.lower() in ARCHIVES:
                raise _refused(name, "er zit nog een gecomprimeerd bestand in")
        data = [entry for entry in entries if PurePosixPath(entry.filename).suffix.lower() in suffixes]
        if len(data) != 1 or len(entries) != 1:
            raise _refused(name, f"het bevat {len(entries)} bestanden, waarvan {len(data)} met gegevens, en dat moet er precies één zijn")
        return PurePosixPath(data[0].filename).name, b"".join(blocks_of(archive, data[0]))


def _is_clutter(filename: str) -> bool:
    lower = filename.lower()
    return lower.startswith(CLUTTER) or lower.rsplit("/", 1)[-1] in CLUTTER or lower.rsplit("/", 1)[-1].startswith("._")


def _refused(name: str, reason: str) -> DeliveryRefused:
    return DeliveryRefused("onleesbaar", f"{name}: het bestand wordt niet uitgepakt: {reason}. Lever één gegevensbestand aan, los of in een gewone zip.")
