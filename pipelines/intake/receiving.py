"""Stage 1: what lies in the inbox becomes an immutable landed copy with a line in the register, or stays with a refusal."""

from __future__ import annotations

import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from data_contracts import all_contracts, contract_of
from data_contracts.base import Contract
from pipelines.intake import register
from pipelines.intake.child import run_in_child
from pipelines.intake.connectors.inbox import complete_files, delivery_of, marker_of, visible
from pipelines.intake.feedback import refused_answer, write_answer
from pipelines.intake.inspecting import inspect_file
from pipelines.intake.landing import StillWritten, digest_of_file, land, land_file
from pipelines.intake.limits import MOST_BYTES
from pipelines.intake.refusal import DeliveryRefused
from pipelines.lineage import as_stage
from pipelines.resources import Settings


@dataclass(frozen=True)
class Notice:
    """What happened to one file, for the log, the command line and Dagster. `sentence` is Dutch."""

    delivery: str | None
    file: str
    status: str  # received, accepted, known, waiting, refused, failed
    sentence: str
    rule: str | None = None


@dataclass(frozen=True)
class Looked:
    """A file of the inbox after the look at the door: `name` is safe to show, `rows` counts what may be stored (0 when the
    same bytes came before), or `refusal` says why it may not."""

    path: Path
    name: str
    sha256: str
    rows: int = 0
    refusal: DeliveryRefused | None = None


@as_stage("receive")
def receive_inbox(settings: Settings, delivery: str | None = None) -> list[Notice]:
    """Takes the files of one delivery from the inbox, or with None refuses the files that belong to no delivery.

    A received file leaves the inbox, with its marker, after its copy and its line are safe. A refused one stays where it
    is, unstored. While one file is stored, the next is already looked at.
    """
    contract = contract_of(delivery) if delivery else None
    paths = complete_files(settings.inbox, lambda path: delivery_of(path.relative_to(settings.inbox).parts) is contract)
    if not paths:
        return []
    with register.open_register(settings.register), ThreadPoolExecutor(max_workers=1) as pool:  # the register exists before the thread asks it
        looking = [(path, pool.submit(_look_at, settings, path, contract)) for path in paths]
        return [_notice(settings, path, future, contract) for path, future in looking]


def _notice(settings: Settings, path: Path, looking: Future[Looked], contract: type[Contract] | None) -> Notice:
    delivery, name = contract.terms().delivery if contract else None, visible(str(path.relative_to(settings.inbox)))
    try:
        looked = looking.result()
        return _refuse(settings, looked, contract) if looked.refusal or contract is None else _take(settings, looked, contract)
    except DeliveryRefused as refusal:
        return Notice(delivery, name, "refused", str(refusal), refusal.rule)
    except Exception as error:  # one file must not stop the others; unread, it is tried again by the next run
        if isinstance(error, StillWritten) or not path.exists():
            return Notice(delivery, name, "waiting", f"{name}: het bestand verandert nog; het wordt de volgende keer opgehaald.")
        sentence = f"{name}: het bestand kon niet worden gelezen ({type(error).__name__}). Controleer de leesrechten, of meld dit bij de beheerder."
        return Notice(delivery, name, "refused", sentence, "niet_beoordeeld")


def _look_at(settings: Settings, path: Path, contract: type[Contract] | None) -> Looked:
    """The look at the door; nothing is stored yet. Raises DeliveryRefused for a file that is too large even to be hashed."""
    name = visible(str(path.relative_to(settings.inbox)))
    if path.stat().st_size > MOST_BYTES:
        raise DeliveryRefused("te_groot", f"{name}: het bestand is groter dan {MOST_BYTES // 10**6} MB. Lever het in delen aan, of als Parquet.")
    sha256 = digest_of_file(path)
    try:
        if contract is None:
            ids = ", ".join(known.terms().delivery for known in all_contracts())
            raise DeliveryRefused("onbekende_levering", f"{name}: de bestandsnaam hoort bij geen levering. Laat de naam beginnen met een van: {ids}.")
        delivery = contract.terms().delivery
        with register.open_register(settings.register) as lines:
            known = register.known(lines, delivery, sha256)
        return Looked(path, name, sha256, rows=0 if known else run_in_child(inspect_file, path, name, delivery).rows)
    except DeliveryRefused as refusal:
        return Looked(path, name, sha256, refusal=refusal)


def _take(settings: Settings, looked: Looked, contract: type[Contract]) -> Notice:
    """Stores what may be stored; only after copy and line are on disk does the file leave the inbox."""
    terms, name = contract.terms(), looked.name
    with register.open_register(settings.register) as lines:
        if earlier := register.known(lines, terms.delivery, looked.sha256):
            when = f"{earlier['received_at'][:16]} als {earlier['filename']}"
            notice = Notice(terms.delivery, name, "known", f"{name}: dezelfde inhoud is al ontvangen op {when}; er verandert niets.")
        else:
            landed = land_file(settings.landing, terms.delivery, looked.path.suffix.lower(), looked.path, looked.sha256)
            source = register.source_of(lines, looked.sha256)
            synthetic = settings.sample_mark.exists() and not terms.is_fetched
            note = "Synthetische voorbeelddata" if synthetic else f"Opgehaald bij bron {source}" if source else "Aangeleverd via de inbox"
            _write_line(lines, contract, name, landed, origin="synthetic" if synthetic else "inbox", note=note)
            notice = Notice(terms.delivery, name, "received", f"{name}: ontvangen ({looked.rows} rijen).")
    looked.path.unlink()
    marker_of(looked.path).unlink(missing_ok=True)
    return notice


def _refuse(settings: Settings, looked: Looked, contract: type[Contract] | None) -> Notice:
    refusal, name, delivery = looked.refusal, looked.name, contract.terms().delivery if contract else None
    assert refusal
    line = {"delivery": delivery, "sha256": looked.sha256, "filename": name, "rule": refusal.rule, "sentence": str(refusal)}
    with register.open_register(settings.register) as lines:
        register.append(lines, "refused_at_door", **line, seen_at=str(register.now()))
    write_answer(settings.feedback, delivery or "onbekend", looked.sha256, refused_answer(name, contract, refusal))
    return Notice(delivery, name, "refused", str(refusal), refusal.rule)


def keep(
    settings: Settings, lines: sqlite3.Connection, contract: type[Contract], name: str, content: bytes, *, origin: str, note: str, slice_: str = ""
) -> bool:
    """Lands bytes that were fetched and writes their line; False when the same bytes were there already."""
    landed = land(settings.landing, contract.terms().delivery, Path(name).suffix, content)
    return _write_line(lines, contract, name, landed, origin=origin, note=note, slice_=slice_)


def _write_line(lines: sqlite3.Connection, contract: type[Contract], name: str, landed: Path, *, origin: str, note: str, slice_: str = "") -> bool:
    line = {"delivery": contract.terms().delivery, "slice": slice_, "sha256": landed.stem, "filename": name, "suffix": landed.suffix}
    size = landed.stat().st_size
    return bool(register.append(lines, "received", **line, size=size, origin=origin, origin_note=note, received_at=str(register.now())))
