"""Stage 2: every landed file is judged by its contract, once per version; the accepted Parquet follows the register."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data_contracts.base import Contract
from pipelines.durable import write_whole
from pipelines.intake import register
from pipelines.intake.checking import Judgement, judge
from pipelines.intake.feedback import accepted_answer, refused_answer, write_answer
from pipelines.intake.reading import read_extract
from pipelines.intake.receiving import Notice
from pipelines.intake.refusal import DeliveryRefused
from pipelines.resources import Settings


@dataclass(frozen=True)
class Accepted:
    """What stands accepted of a delivery after judging: the register's lines, what happened to each new file, and the
    sha256 of the files that were written."""

    lines: list[sqlite3.Row]
    notices: list[Notice]
    written: frozenset[str]

    def total(self, column: str) -> int:
        """Sum over the accepted files of rows_in, rows_accepted or rows_quarantined."""
        return sum(line[column] for line in self.lines)


def judge_landed(settings: Settings, contract: type[Contract]) -> Accepted:
    """Judges the landed files that this version of the contract has not judged, and brings the accepted folder in line."""
    terms = contract.terms()
    notices = []
    written = set()
    with register.open_register(settings.register) as lines:
        waiting = register.unjudged(lines, terms.delivery, terms.version)
    for received in waiting:
        try:
            notice = _judge_one(settings, contract, received)
        except Exception as error:  # one file must not stop the others; unjudged, it is tried again by the next run
            sentence = (
                f"{received['filename']}: de levering kon niet worden beoordeeld ({type(error).__name__}). Meld dit bij de beheerder van de Ketenmonitor."
            )
            notice = Notice(terms.delivery, received["filename"], "refused", sentence, "niet_beoordeeld")
        if notice.status == "accepted":
            written.add(received["sha256"])
        notices.append(notice)
    with register.open_register(settings.register) as lines:
        standing = register.accepted_lines(lines, terms.delivery, terms.version)
    written |= _follow_register(settings, contract, standing)
    return Accepted(standing, notices, frozenset(written))


def _judge_one(settings: Settings, contract: type[Contract], received: sqlite3.Row) -> Notice:
    """Judges one landed file; writes its accepted and quarantined rows, the answer, and last its line."""
    terms, name = contract.terms(), received["filename"]
    verdict: Judgement | DeliveryRefused
    try:
        verdict = judge(name, read_extract(Path(name).name, _landed(settings, received).read_bytes(), contract), contract)
        _write_accepted(settings, contract, received, verdict)
        answer = accepted_answer(name, contract, verdict)
        sentence = f"{name}: {verdict.accepted.height} van {verdict.rows_in} rijen geaccepteerd."
    except DeliveryRefused as refusal:
        verdict, sentence, answer = refusal, str(refusal), refused_answer(name, contract, refusal)
    write_answer(settings.feedback, terms.delivery, received["sha256"], answer)
    with register.open_register(settings.register) as lines:
        register.append(
            lines, "judged", received_id=received["id"], contract_version=terms.version, sentence=sentence, judged_at=str(register.now()), **_outcome(verdict)
        )
    if isinstance(verdict, DeliveryRefused):
        return Notice(terms.delivery, name, "refused", sentence, verdict.rule)
    return Notice(terms.delivery, name, "accepted", sentence)


def _outcome(verdict: Judgement | DeliveryRefused) -> dict[str, object]:
    if isinstance(verdict, DeliveryRefused):
        return {"status": "refused", "rule": verdict.rule, "periods": [], "rows_in": 0, "rows_accepted": 0, "rows_quarantined": 0, "guesses": {}}
    rows = {"rows_in": verdict.rows_in, "rows_accepted": verdict.accepted.height, "rows_quarantined": verdict.quarantined.height}
    return {"status": "accepted", "rule": None, "periods": list(verdict.periods), "guesses": verdict.guesses, **rows}


def _landed(settings: Settings, received: sqlite3.Row) -> Path:
    return settings.landing / received["delivery"] / f"{received['sha256']}{received['suffix']}"


def _write_accepted(settings: Settings, contract: type[Contract], received: sqlite3.Row, judgement: Judgement) -> None:
    delivery = contract.terms().delivery
    frame = judgement.accepted.with_columns(
        pl.lit(received["sha256"]).alias("delivery_sha256"),
        pl.lit(dt.datetime.fromisoformat(received["received_at"])).cast(pl.Datetime("us")).alias("received_at"),
    )
    write_whole(settings.accepted / delivery / f"{received['sha256']}.parquet", _parquet(frame.select(accepted_schema(contract).names())))
    if judgement.quarantined.height:
        write_whole(settings.quarantine / delivery / f"{received['sha256']}.parquet", _parquet(judgement.quarantined))


def accepted_schema(contract: type[Contract]) -> pl.Schema:
    """Columns and types of accepted Parquet: those of the contract, then delivery_sha256, received_at, source_row."""
    columns = {name: column.dtype.type for name, column in contract.to_schema().columns.items()}
    return pl.Schema({**columns, "delivery_sha256": pl.String, "received_at": pl.Datetime("us"), "source_row": pl.Int64})


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def _follow_register(settings: Settings, contract: type[Contract], standing: list[sqlite3.Row]) -> set[str]:
    """The folder holds what the register says and nothing else: leftovers of a killed run and overtaken stand-ins go,
    and a file that was lost is made again from its landed copy. Gives the sha256 of those."""
    folder = settings.accepted / contract.terms().delivery
    wanted = {f"{line['sha256']}.parquet": line for line in standing}
    for path in folder.glob("*.parquet") if folder.exists() else ():
        if path.name not in wanted and path.name != "_schema.parquet":
            path.unlink()
    lost = [line for file, line in wanted.items() if not (folder / file).exists()]
    for line in lost:
        content = _landed(settings, line).read_bytes()
        _write_accepted(settings, contract, line, judge(line["filename"], read_extract(Path(line["filename"]).name, content, contract), contract))
    empty, schema = folder / "_schema.parquet", accepted_schema(contract)  # never delivered reads as empty
    if not empty.exists() or pl.read_parquet_schema(empty) != schema:
        write_whole(empty, _parquet(pl.DataFrame(schema=schema)))
    return {line["sha256"] for line in lost}


def find_broken(settings: Settings, contract: type[Contract], accepted: Accepted) -> list[str]:
    """Accepted files that do not hold what the contract promises, by the first twelve of their sha256.

    Files written just now are read back and validated row by row; older ones, validated when they were written, by schema
    and by the number of rows in the register (reading 43 files row by row cost 1.2 s of every run).
    """
    from pandera.errors import SchemaErrors

    folder, schema, broken = settings.accepted / contract.terms().delivery, accepted_schema(contract), []
    for line in accepted.lines:
        path = folder / f"{line['sha256']}.parquet"
        holds = pl.read_parquet_schema(path) == schema and pl.scan_parquet(path).select(pl.len()).collect().item() == line["rows_accepted"]
        if holds and line["sha256"] in accepted.written:
            try:
                contract.validate(pl.read_parquet(path).drop("delivery_sha256", "received_at", "source_row"), lazy=True)
            except SchemaErrors:
                holds = False
        if not holds:
            broken.append(line["sha256"][:12])
    return broken
