"""Fetches the files of all sources into the inbox, each version once; one failing source does not stop the others.

A file is whole when its size and time (or etag) are the same before and after the download; until then it lies under a
hidden name. Its line in the register is written after that, so that a pull that dies is repeated and never half-known.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from data_contracts import all_contracts
from pipelines.durable import sync
from pipelines.intake import register
from pipelines.intake.connectors.inbox import MARKER, SETTLED, delivery_of, is_candidate, visible
from pipelines.intake.connectors.s3 import connect_s3
from pipelines.intake.connectors.sftp import connect_sftp
from pipelines.intake.landing import CHUNK, StillWritten
from pipelines.intake.limits import MOST_BYTES
from pipelines.intake.opendata import gather_open_data
from pipelines.intake.receiving import Notice
from pipelines.intake.sources import Source, SourceFailed, read_sources
from pipelines.resources import Settings, secrets_of

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

DONE = "verwerkt"  # the folder of a source that fetched files move to
PAUSES = (0.5, 2.0)  # seconds before the second and third attempt at a source whose connection breaks


@dataclass(frozen=True)
class Remote:
    """A file of a source: its full path there, the path below the source's folder, and what tells this version from another."""

    path: str
    relative: PurePosixPath
    size: int
    version: str
    changed_at: float


class AnotherPull(Exception):
    """A pull is going on in the same data folder."""


def pull_everything(settings: Settings) -> list[Notice]:
    """Fetches from all sources of partners, and asks the open-data services; tells who must know what was not reached. Raises as `pull_sources` does."""
    notices = pull_sources(settings) + [notice for contract in all_contracts() for notice in gather_open_data(settings, contract, ask_service=True)]
    if settings.notify:
        from pipelines.notify import tell_pull

        notices += [Notice(None, "notify", "waiting", sentence) for sentence in tell_pull(settings, notices)]
    return notices


def pull_sources(settings: Settings) -> list[Notice]:
    """Fetches what is new at every source: a notice per file that was fetched, refused or waits, and one per source.

    Raises SourcesRefused when the list of sources cannot be used, AnotherPull while another pull goes on.
    """
    from filelock import FileLock, Timeout

    if not settings.sources:
        return []
    sources = read_sources(settings.sources)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.data_dir / ".pull.lock", timeout=0):
            return [notice for source in sources for notice in _pull(settings, source)]
    except Timeout:
        raise AnotherPull(f"another pull is going on in {settings.data_dir}; wait for it to end") from None


def _pull(settings: Settings, source: Source) -> list[Notice]:
    notices: dict[str, Notice] = {}
    for pause in (*PAUSES, None):
        try:
            with _connect(source) as filesystem:
                for name, notice in _fetch_new(settings, source, filesystem):
                    notices[name] = notice
            failure = ""
            break
        except SourceFailed as failed:
            failure = str(failed)
            break
        except Exception as error:  # libraries differ in what they raise, and a message may hold more than it should: its kind is enough
            failure = f"bron {source.name}: de verbinding kwam niet tot stand of brak af ({type(error).__name__}). De volgende keer gaat het verder."
            if pause is not None:
                time.sleep(pause)
    fetched = sum(notice.status == "received" for notice in notices.values())
    summary = failure or f"bron {source.name}: {fetched} bestand(en) opgehaald."
    return [*notices.values(), Notice(None, source.name, "failed" if failure else "received", summary, "bron" if failure else None)]


def _connect(source: Source) -> AbstractContextManager[AbstractFileSystem]:
    return (connect_sftp if source.scheme == "sftp" else connect_s3)(source, secrets_of(source.name))


def _fetch_new(settings: Settings, source: Source, filesystem: AbstractFileSystem) -> Iterator[tuple[str, Notice]]:
    """Walks through a source; yields what happened to each file that is not simply known."""
    unreadable: list[str] = []
    files = _list(source, filesystem, unreadable)
    markers = {str(file.relative) for file in files if file.relative.suffix == MARKER}
    for folder in unreadable:
        yield (
            folder,
            Notice(None, folder, "refused", f"bron {source.name}: de map {folder} mag niet worden gelezen. Vraag de beheerder om leesrechten.", "bron"),
        )
    for file in files:
        if not is_candidate(file.relative.name):
            continue
        name = f"{source.name}/{visible(str(file.relative))}"
        try:
            if notice := _fetch(settings, source, filesystem, file, name, is_marked=f"{file.relative}{MARKER}" in markers):
                yield name, notice
        except PermissionError:
            yield name, Notice(None, name, "refused", f"{name}: het bestand mag niet worden gelezen. Vraag de beheerder van de bron om leesrechten.", "bron")
        except (FileNotFoundError, StillWritten):
            yield name, Notice(None, name, "waiting", f"{name}: het bestand verandert nog; het wordt de volgende keer opgehaald.")


def _list(source: Source, filesystem: AbstractFileSystem, unreadable: list[str]) -> list[Remote]:
    """Plain files below the source's folder, oldest first; links, hidden folders and what was moved are passed by."""
    found: list[Remote] = []
    waiting = [source.folder]
    while waiting:
        folder = waiting.pop()
        try:
            entries = filesystem.ls(folder, detail=True)
        except (PermissionError, FileNotFoundError) as error:
            if folder == source.folder:
                raise SourceFailed(f"bron {source.name}: de map van de bron bestaat niet, of toegang is geweigerd ({type(error).__name__}).") from None
            unreadable.append(visible(folder))
            continue
        for entry in entries:
            name = PurePosixPath(entry["name"]).name
            if entry["type"] == "directory" and name != DONE and not name.startswith(".") and entry["name"].rstrip("/") != folder:
                waiting.append(entry["name"])
            elif entry["type"] == "file":
                found.append(_remote(source, entry))
    return sorted(found, key=lambda file: (file.changed_at, file.path))


def _remote(source: Source, entry: dict[str, Any]) -> Remote:
    changed = entry.get("mtime") or entry["LastModified"]
    version = str(entry.get("ETag") or f"{entry['size']}:{changed.timestamp()}").strip('"')
    relative = PurePosixPath(entry["name"].lstrip("/")).relative_to(source.folder.lstrip("/"))
    return Remote(entry["name"], relative, int(entry["size"]), version, changed.timestamp())


def _fetch(settings: Settings, source: Source, filesystem: AbstractFileSystem, file: Remote, name: str, *, is_marked: bool) -> Notice | None:
    """Fetches one file when it is new, complete and allowed; None when this version was fetched before."""
    contract = delivery_of(file.relative.parts)
    delivery = contract.terms().delivery if contract else None
    if not str(file.relative).isprintable() or ".." in file.relative.parts:
        return Notice(None, name, "refused", f"{name}: de bestandsnaam bevat tekens die niet mogen. Geef het bestand een andere naam.", "bestandsnaam")
    if delivery not in source.deliveries:
        what = f"is een levering van {delivery}" if delivery else "hoort bij geen levering"
        allowed = ", ".join(source.deliveries)
        sentence = f"{name}: het bestand {what}; bron {source.name} levert alleen {allowed}. Het is niet opgehaald. Controleer de naam en de afzender."
        return Notice(delivery, name, "refused", sentence, "verkeerde_bron")
    if file.size > MOST_BYTES:
        return Notice(delivery, name, "refused", f"{name}: het bestand is groter dan {MOST_BYTES // 10**6} MB en is niet opgehaald.", "te_groot")
    with register.open_register(settings.register) as lines:
        is_known = register.was_fetched(lines, source.name, file.path, file.version)
    if not is_known:
        if source.marker and not is_marked:
            return Notice(delivery, name, "waiting", f"{name}: wacht op {visible(file.relative.name)}{MARKER}.")
        if not is_marked and source.scheme == "sftp" and 0 <= time.time() - file.changed_at < SETTLED:  # an object of S3 is whole or absent
            raise StillWritten(name)
        sha256 = _download(settings.inbox / source.name / file.relative, source, filesystem, file)
        line = {"source": source.name, "path": file.path, "version": file.version, "sha256": sha256, "size": file.size, "filename": name}
        with register.open_register(settings.register) as lines:
            register.append(lines, "fetched", **line, fetched_at=str(register.now()))
    if source.after == "move":
        try:
            _move(source, filesystem, file)
        except OSError:
            sentence = f"{name}: opgehaald, maar niet te verplaatsen naar {DONE}. Vraag de beheerder van de bron om schrijfrechten."
            return Notice(delivery, name, "waiting", sentence)
    return None if is_known else Notice(delivery, name, "received", f"{name}: opgehaald ({file.size} bytes).")


def _download(target: Path, source: Source, filesystem: AbstractFileSystem, file: Remote) -> str:
    """Streams a file to a hidden name and renames it whole; gives its sha256. Raises StillWritten when it changed meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{hashlib.sha256(target.name.encode()).hexdigest()[:16]}.part")  # a name of 255 bytes has no room for a suffix
    digest, size = hashlib.sha256(), 0
    try:
        with filesystem.open(file.path, "rb") as reader, beside.open("wb") as writer:
            while size <= file.size and (chunk := reader.read(CHUNK)):
                digest.update(chunk)
                size += len(chunk)
                writer.write(chunk)
        if size != file.size or _now(source, filesystem, file).version != file.version:
            raise StillWritten(file.relative.name)
        os.utime(beside, (file.changed_at, file.changed_at))  # the inbox then need not wait for it to settle
        sync(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    sync(target.parent)
    return digest.hexdigest()


def _now(source: Source, filesystem: AbstractFileSystem, file: Remote) -> Remote:
    filesystem.invalidate_cache()
    return _remote(source, filesystem.info(file.path))


def _move(source: Source, filesystem: AbstractFileSystem, file: Remote) -> None:
    """Moves a fetched file and its marker to `verwerkt`, under a name that keeps versions apart, unless a newer version came."""
    if _now(source, filesystem, file).version != file.version:
        return
    stamp = hashlib.sha256(file.version.encode()).hexdigest()[:8]
    folder = f"{source.folder.rstrip('/')}/{DONE}"
    target = f"{folder}/{'_'.join((*file.relative.parts[:-1], file.relative.stem))}_{stamp}{file.relative.suffix}"
    filesystem.makedirs(folder, exist_ok=True)
    filesystem.mv(file.path, target)
    with contextlib.suppress(FileNotFoundError):
        filesystem.rm_file(f"{file.path}{MARKER}")
