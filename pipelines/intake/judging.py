"""Stage 2: every landed file is judged by its contract, once per version and set of corrections; the accepted Parquet and the
quarantine follow the register."""

from __future__ import annotations

import datetime as dt
import io
import os
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from data_contracts import versions_of
from data_contracts.base import Contract
from pipelines.durable import put_in_place, write_whole
from pipelines.intake import register
from pipelines.intake.checking import Verdict, accepted_schema, holds_contract, judge_file
from pipelines.intake.child import ChildFailed, run_in_child
from pipelines.intake.comparing import Remarks, remarks_on
from pipelines.intake.corrections import Correction, digest_of, read_corrections
from pipelines.intake.feedback import accepted_answer, refused_answer, write_answer
from pipelines.intake.receiving import Notice
from pipelines.intake.refusal import DeliveryRefused
from pipelines.lineage import as_stage
from pipelines.resources import Settings

SIDE_BY_SIDE = 2  # files: each is judged in a process of its own, by Polars on every core
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700  # quarantine quotes rows: the account that runs the pipeline reads it, nobody else
LEFTOVER_AFTER = 3600  # seconds: no file is written for so long


@dataclass(frozen=True)
class Accepted:
    """What stands accepted of a delivery after judging: the register's lines, what happened to each new file, and the
    sha256 of the files that were written."""

    lines: list[sqlite3.Row]
    notices: list[Notice]
    written: frozenset[str]

    def total(self, column: str) -> int:
        """Sum over the accepted files of rows_in, rows_accepted, rows_quarantined or rows_totals."""
        return sum(line[column] for line in self.lines)


@as_stage("check")
def judge_landed(settings: Settings, contract: type[Contract]) -> Accepted:
    """Judges the landed files that this version of the contract has not judged with these corrections, side by side, and
    brings the folders in line. `contract` is the newest version. Raises CorrectionsInvalid before anything is judged."""
    terms = contract.terms()
    corrections = tuple(each for each in read_corrections(settings.corrections) if each.delivery == terms.delivery)
    notices, written = [], set()
    with register.open_register(settings.register) as lines:  # one connection: the last one to close cleans up, 6 ms a time
        waiting = register.unjudged(lines, terms.delivery, terms.version, digest_of(corrections))
        for received, outcome in _judged(settings, waiting, corrections):
            notice = _record(settings, lines, contract, received, outcome, corrections)
            lines.commit()
            if notice.status == "accepted":
                written.add(received["sha256"])
            notices.append(notice)
        standing = register.accepted_lines(lines, terms.delivery, terms.version)
    written |= _follow_register(settings, contract, standing, corrections)
    return Accepted(standing, notices, frozenset(written))


Outcome = Verdict | DeliveryRefused | Exception


def _judged(settings: Settings, files: Iterable[sqlite3.Row], corrections: tuple[Correction, ...]) -> Iterable[tuple[sqlite3.Row, Outcome]]:
    """The outcome of each file, in the order of the register; its rows lie beside their places by then."""

    def one(received: sqlite3.Row) -> Outcome:
        try:
            return _judge_one(settings, received, corrections)
        except Exception as error:  # one file must not stop the others
            return error

    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        yield from zip(files, pool.map(one, files), strict=True)


def _judge_one(settings: Settings, received: sqlite3.Row, corrections: tuple[Correction, ...]) -> Verdict:
    accepted, quarantine = _places(settings, received)
    accepted.parent.mkdir(parents=True, exist_ok=True)
    quarantine.parent.mkdir(parents=True, exist_ok=True)
    for folder in (settings.quarantine, quarantine.parent):
        folder.chmod(PRIVATE_FOLDER)
    return run_in_child(
        judge_file,
        landed_copy(settings, received),
        Path(received["filename"]).name,
        received["delivery"],
        accepted=_beside(accepted),
        quarantine=_beside(quarantine),
        sha256=received["sha256"],
        received_at=dt.datetime.fromisoformat(received["received_at"]),
        corrections=corrections,
    )


def landed_copy(settings: Settings, received: sqlite3.Row) -> Path:
    """Where the file of a reception lies."""
    return settings.landing / received["delivery"] / f"{received['sha256']}{received['suffix']}"


def _places(settings: Settings, received: sqlite3.Row) -> tuple[Path, Path]:
    name = f"{received['sha256']}.parquet"
    return settings.accepted / received["delivery"] / name, settings.quarantine / received["delivery"] / name


def _beside(place: Path) -> Path:
    return place.with_name(f".{place.name}.{os.getpid()}.tmp")


def _put_in_place(settings: Settings, received: sqlite3.Row, verdict: Verdict) -> None:
    accepted, quarantine = _places(settings, received)
    put_in_place(_beside(accepted), accepted)
    if verdict.quarantined:
        put_in_place(_beside(quarantine), quarantine, mode=PRIVATE)
    else:
        quarantine.unlink(missing_ok=True)


def _record(
    settings: Settings, lines: sqlite3.Connection, contract: type[Contract], received: sqlite3.Row, outcome: Outcome, corrections: tuple[Correction, ...]
) -> Notice:
    """Puts the rows in their places, writes the answer, and last the line of the register."""
    terms, name = contract.terms(), received["filename"]
    line = {"received_id": received["id"], "contract_version": terms.version, "corrections": digest_of(corrections), "judged_at": str(register.now())}
    at = dt.datetime.fromisoformat(received["received_at"])
    if isinstance(outcome, DeliveryRefused):
        notice = Notice(terms.delivery, name, "refused", str(outcome), outcome.rule)
        answer = refused_answer(name, contract, outcome, received_at=at)
        found: dict[str, object] = {"status": "refused", "rule": outcome.rule, "rows_in": outcome.rows_in, "broken": _plain(outcome.broken)}
    elif isinstance(outcome, Verdict):
        remarks = remarks_on(outcome, contract, received, register.accepted_lines(lines, terms.delivery, terms.version))
        _put_in_place(settings, received, outcome)
        notice = Notice(terms.delivery, name, "accepted", _sentence(name, outcome, remarks))
        answer = accepted_answer(name, contract, outcome, received_at=at, remarks=remarks)
        found = _line_of(outcome, remarks)
    else:
        what = str(outcome) if isinstance(outcome, ChildFailed) else type(outcome).__name__  # another error's message may quote a row
        sentence = f"{name}: de levering kon niet worden beoordeeld ({what}). Meld dit bij de beheerder van de Ketenmonitor; het wordt opnieuw geprobeerd."
        notice = Notice(terms.delivery, name, "refused", sentence, "niet_beoordeeld")
        answer, found = None, {"status": "stumbled", "rule": notice.rule}
    if answer:
        write_answer(settings.feedback, terms.delivery, received["sha256"], answer)
    register.append(lines, "judged", **line, **found, sentence=notice.sentence)
    return notice


def _sentence(name: str, verdict: Verdict, remarks: Remarks) -> str:
    counted = f"{name}: {verdict.accepted} van {verdict.accepted + verdict.quarantined} rijen geaccepteerd."
    return " ".join([counted, *remarks.sentences])


def _line_of(verdict: Verdict, remarks: Remarks) -> dict[str, object]:
    return {
        "status": "accepted",
        "judged_by": verdict.judged_by,
        "periods": list(verdict.periods),
        "rows_in": verdict.rows_in,
        "rows_accepted": verdict.accepted,
        "rows_quarantined": verdict.quarantined,
        "rows_totals": verdict.totals,
        "guesses": verdict.guesses,
        "broken": _plain(verdict.broken),
        "statistics": asdict(verdict.statistics),
        "corrected": _plain(verdict.corrections),
        "warnings": [asdict(warning) for warning in remarks.warnings],
        "beside": [received["id"] for received in remarks.beside],
    }


def _plain(rows: Iterable[object]) -> list[dict[str, object]]:
    return [asdict(row) for row in rows]  # type: ignore[call-overload]


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def union_schema(contract: type[Contract]) -> pl.Schema:
    """Columns of every version of the contract that may stand accepted: those of the newest first. dbt reads by name."""
    versions = versions_of(contract.terms().delivery)
    return pl.Schema({name: dtype for version in versions for name, dtype in accepted_schema(version).items()} | dict(accepted_schema(contract)))


def _follow_register(settings: Settings, contract: type[Contract], standing: list[sqlite3.Row], corrections: tuple[Correction, ...]) -> set[str]:
    """The folders hold what the register says and nothing else: leftovers of a killed run, overtaken stand-ins and what is
    past its bewaartermijn go, and a file that was lost is made again from its landed copy. Gives the sha256 of those."""
    delivery = contract.terms().delivery
    folder = settings.accepted / delivery
    wanted = {f"{line['sha256']}.parquet" for line in standing}
    for room in (settings.accepted, settings.quarantine):
        _clear(room / delivery, lambda path: path.name not in wanted and path.name != "_schema.parquet")
    lost = [line for line in standing if not all(place.exists() for place, rows in zip(_places(settings, line), _rows(line), strict=True) if rows)]
    for line, outcome in _judged(settings, lost, corrections):
        if not isinstance(outcome, Verdict):
            raise RuntimeError(f"{delivery}: an accepted file was lost and cannot be made again ({type(outcome).__name__})")
        _put_in_place(settings, line, outcome)
    empty, schema = folder / "_schema.parquet", union_schema(contract)  # never delivered reads as empty
    if not empty.exists() or pl.read_parquet_schema(empty) != schema:
        write_whole(empty, _parquet(pl.DataFrame(schema=schema)))
    return {line["sha256"] for line in lost}


def _rows(line: sqlite3.Row) -> tuple[int, int]:
    """Whether there must be an accepted and a quarantine file."""
    return 1, line["rows_quarantined"]


def _clear(folder: Path, unwanted: Callable[[Path], bool]) -> None:
    for path in folder.glob("*.parquet") if folder.exists() else ():
        if unwanted(path):
            path.unlink()
    for path in folder.glob(".*.tmp") if folder.exists() else ():
        if register.now().timestamp() - path.stat().st_mtime > LEFTOVER_AFTER:
            path.unlink()


def find_broken(settings: Settings, contract: type[Contract], accepted: Accepted) -> list[str]:
    """Accepted files that do not hold what the version that judged them promises, by the first twelve of their sha256.

    Files written just now are read back row by row; older ones, read back when they were written, by schema and by the number
    of rows in the register (reading 43 files row by row cost 1.2 s of every run).
    """
    versions = {version.terms().version: version for version in versions_of(contract.terms().delivery)}
    broken = []
    for line in accepted.lines:
        version, path = versions.get(line["judged_by"], contract), _places(settings, line)[0]
        if not holds_contract(path, version, line["rows_accepted"], by_row=line["sha256"] in accepted.written):
            broken.append(line["sha256"][:12])
    return broken
