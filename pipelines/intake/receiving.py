"""Stage 1: what lies in the inbox becomes an immutable landed copy with a line in the register, or stays with a refusal."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from data_contracts import all_contracts, contract_of
from data_contracts.base import Contract
from pipelines.intake import register
from pipelines.intake.feedback import refused_answer, write_answer
from pipelines.intake.landing import digest, land
from pipelines.intake.reading import SUFFIXES, read_extract
from pipelines.intake.refusal import DeliveryRefused
from pipelines.intake.screening import refuse_personal_data
from pipelines.resources import Settings

UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")


@dataclass(frozen=True)
class Notice:
    """What happened to one file, for the log, the command line and Dagster. `sentence` is Dutch."""

    delivery: str | None
    file: str
    status: str  # received, known, refused
    sentence: str
    rule: str | None = None


def inbox_files(inbox: Path, contract: type[Contract] | None = None, *, every: bool = True) -> list[Path]:
    """Files that are complete, oldest first; with `every` false only those of `contract` (None: of no delivery). A file that
    still grows, a hidden one or a partial upload waits its turn."""
    candidates = [path for path in inbox.rglob("*") if path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$"))]
    candidates = [path for path in candidates if path.suffix.lower() not in UNFINISHED and (every or delivery_of(path, inbox) is contract)]
    before = {path: path.stat() for path in candidates}
    if any(time.time() - stat.st_mtime < 5 for stat in before.values()):
        time.sleep(0.3)  # an upload in progress grows within this time; one that does not is judged by its content
    stable = [path for path in candidates if path.exists() and (path.stat().st_size, path.stat().st_mtime) == (before[path].st_size, before[path].st_mtime)]
    return sorted(stable, key=lambda path: (before[path].st_mtime, path.name))


def delivery_of(path: Path, inbox: Path) -> type[Contract] | None:
    """The contract whose delivery id the file name starts with, or that names the folder it lies in."""
    by_id = {contract.terms().delivery: contract for contract in all_contracts()}
    folder = path.relative_to(inbox).parts[0]
    if folder in by_id:
        return by_id[folder]
    fitting = [delivery for delivery in by_id if path.name.lower().startswith(delivery)]
    return by_id[max(fitting, key=len)] if fitting else None


def receive_inbox(settings: Settings, delivery: str | None = None) -> list[Notice]:
    """Takes the files of one delivery from the inbox, or with None refuses the files that belong to no delivery.

    A received file leaves the inbox after its copy and its line are safe. A refused one stays where it is, unstored.
    """
    notices = []
    contract = contract_of(delivery) if delivery else None
    for path in inbox_files(settings.inbox, contract, every=False):
        name = str(path.relative_to(settings.inbox))
        content = path.read_bytes()
        try:
            with register.open_register(settings.register) as lines:
                notices.append(_receive(settings, lines, name, content, contract))
            path.unlink()  # only now: copy and line are on disk
        except DeliveryRefused as refusal:
            notices.append(_refuse(settings, name, content, contract, refusal))
    return notices


def _receive(settings: Settings, lines: sqlite3.Connection, name: str, content: bytes, contract: type[Contract] | None) -> Notice:
    if contract is None:
        known = ", ".join(known.terms().delivery for known in all_contracts())
        raise DeliveryRefused("onbekende_levering", f"{name}: de bestandsnaam hoort bij geen levering. Laat de naam beginnen met een van: {known}.")
    terms = contract.terms()
    if earlier := register.known(lines, terms.delivery, digest(content)):
        return Notice(
            terms.delivery,
            name,
            "known",
            f"{name}: dezelfde inhoud is al ontvangen op {earlier['received_at'][:16]} als {earlier['filename']}; er verandert niets.",
        )
    extract = read_extract(Path(name).name, content, contract)
    refuse_personal_data(name, extract, open_data=not terms.confidential)
    synthetic = terms.confidential and settings.sample_mark.exists()
    note = "Synthetische voorbeelddata" if synthetic else "Aangeleverd via de inbox"
    keep(settings, lines, contract, name, content, origin="synthetic" if synthetic else "inbox", note=note)
    return Notice(terms.delivery, name, "received", f"{name}: ontvangen ({extract.rows.height} rijen).")


def _refuse(settings: Settings, name: str, content: bytes, contract: type[Contract] | None, refusal: DeliveryRefused) -> Notice:
    delivery = contract.terms().delivery if contract else None
    line = {"delivery": delivery, "sha256": digest(content), "filename": name, "rule": refusal.rule, "sentence": str(refusal)}
    with register.open_register(settings.register) as lines:
        register.append(lines, "refused_at_door", **line, seen_at=str(register.now()))
    write_answer(settings.feedback, delivery or "onbekend", digest(content), refused_answer(name, contract, refusal))
    return Notice(delivery, name, "refused", str(refusal), refusal.rule)


def keep(
    settings: Settings, lines: sqlite3.Connection, contract: type[Contract], name: str, content: bytes, *, origin: str, note: str, slice_: str = ""
) -> bool:
    """Lands the bytes and writes their line; False when the same bytes were there already."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"cannot land a {suffix} file")
    path = land(settings.landing, contract.terms().delivery, suffix, content)
    line = {"delivery": contract.terms().delivery, "slice": slice_, "sha256": path.stem, "filename": name, "suffix": suffix, "size": len(content)}
    return bool(register.append(lines, "received", **line, origin=origin, origin_note=note, received_at=str(register.now())))
