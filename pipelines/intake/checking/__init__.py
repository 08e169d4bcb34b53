"""Judges an extract against its contract: typed rows that may go on, rows set apart with their rules, or a refusal.

Nothing is lost: every row of the file is accepted, quarantined with each rule that it broke, or a totals row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from data_contracts.base import Contract
from pipelines.intake.checking.breaches import broken_rules
from pipelines.intake.checking.sieve import doubtful_rows
from pipelines.intake.checking.sorting import PART, Sorting
from pipelines.intake.checking.totals import refuse_wrong_totals
from pipelines.intake.checking.verdict import Verdict
from pipelines.intake.columns import columns_of
from pipelines.intake.corrections import Correction, outcomes_of
from pipelines.intake.file_periods import refuse_other_period
from pipelines.intake.reading import Extract, open_extract
from pipelines.intake.refusal import DeliveryRefused
from pipelines.intake.versions import version_for

__all__ = ["Verdict", "accepted_schema", "holds_contract", "judge", "judge_file"]


def judge_file(
    path: Path,
    name: str,
    delivery: str,
    *,
    accepted: Path | None = None,
    quarantine: Path | None = None,
    sha256: str = "",
    received_at: dt.datetime | None = None,
    corrections: Sequence[Correction] = (),
) -> Verdict:
    """Judges the file at `path`, called `name`, by the version of the delivery's contract that its period falls under.

    Good rows go to the Parquet file `accepted` with the file's sha256 and received_at, bad ones as text to `quarantine`,
    once for each rule that they break; nothing is written for None. Raises DeliveryRefused when the file cannot pass, and
    leaves no file behind then. Meant for the child process: arguments and result can be pickled.
    """
    contract = version_for(path, name, delivery)
    extract = open_extract(path, name, contract)
    return judge(name, extract, contract, accepted=accepted, quarantine=quarantine, sha256=sha256, received_at=received_at, corrections=corrections)


def judge(
    name: str,
    extract: Extract,
    contract: type[Contract],
    *,
    accepted: Path | None = None,
    quarantine: Path | None = None,
    sha256: str = "",
    received_at: dt.datetime | None = None,
    corrections: Sequence[Correction] = (),
) -> Verdict:
    """Judges an extract of a file called `name` by this contract; see `judge_file`."""
    columns = columns_of(name, extract.headings, contract)
    rows = extract.rows.select(*(pl.col(heading).alias(column) for column, heading in columns.items()), "source_row")
    sorting = Sorting(rows, extract.height, contract, corrections)
    try:
        _write(sorting, contract, accepted, sha256, received_at)
        _refuse(name, sorting, contract)
    except BaseException:
        if accepted:
            accepted.unlink(missing_ok=True)
        raise
    if quarantine and sorting.quarantine:
        pl.concat(sorting.quarantine).sort("source_row", maintain_order=True).write_parquet(quarantine)
    return Verdict(
        rows_in=extract.height,
        accepted=sorting.accepted,
        quarantined=sorting.quarantined,
        totals=sorting.total_height,
        periods=tuple(sorting.periods),
        broken=sorting.broken,
        guesses=extract.guesses | ({"totaalregels": sorting.total_height} if sorting.totals else {}),
        statistics=sorting.statistics,
        judged_by=contract.terms().version,
        corrections=outcomes_of(sorting.corrected),
    )


def accepted_schema(contract: type[Contract]) -> pl.Schema:
    """Columns and types of accepted Parquet: those of the contract, then delivery_sha256, received_at, source_row."""
    columns = {name: column.dtype.type for name, column in contract.to_schema().columns.items()}
    return pl.Schema({**columns, "delivery_sha256": pl.String, "received_at": pl.Datetime("us"), "source_row": pl.Int64})


def holds_contract(path: Path, contract: type[Contract], rows: int, *, by_row: bool) -> bool:
    """Whether an accepted Parquet file has the columns of the contract and this many rows; and `by_row`, whether each is good."""
    scan = pl.scan_parquet(path)
    if scan.collect_schema() != accepted_schema(contract) or scan.select(pl.len()).collect().item() != rows:
        return False
    parts = scan.select(pl.exclude("delivery_sha256", "received_at")).collect_batches(chunk_size=PART) if by_row else ()
    doubtful = (part.filter(doubtful_rows(part.drop("source_row"), contract)) for part in parts)
    return not any(part.height and broken_rules(part, contract, twins=False).height for part in doubtful)


def _write(sorting: Sorting, contract: type[Contract], path: Path | None, sha256: str, received_at: dt.datetime | None) -> None:
    """Goes through the rows, and writes the good ones where there is a path: whole, or part by part while they are read."""
    from polars.io.plugins import register_io_source

    if path is None:
        for _ in sorting.good_rows():
            pass
        return
    stamp = (pl.lit(sha256).alias("delivery_sha256"), pl.lit(received_at, dtype=pl.Datetime("us")).alias("received_at"))
    schema = accepted_schema(contract)
    if not sorting.in_parts:
        pl.concat(sorting.good_rows()).with_columns(*stamp).select(schema.names()).write_parquet(path)
        return
    trouble: list[Exception] = []

    def parts(*_: object) -> Iterator[pl.DataFrame]:
        try:
            yield from sorting.good_rows()
        except Exception as error:  # Polars would wrap it in one of its own, with the message of ours
            trouble.append(error)

    bare = pl.Schema({column: dtype for column, dtype in schema.items() if column not in ("delivery_sha256", "received_at")})
    register_io_source(parts, schema=bare).with_columns(*stamp).select(schema.names()).sink_parquet(
        path, compression="lz4", statistics=False
    )  # 3 s less than zstd with them
    if trouble:
        raise trouble[0]


def _refuse(name: str, sorting: Sorting, contract: type[Contract]) -> None:
    """What a whole file can be refused for, after its rows were sorted."""
    if sorting.accepted + sorting.quarantined + sorting.total_height != sorting.height:
        raise RuntimeError(f"{contract.terms().delivery}: {sorting.height} rows went in, another number came out")
    if sorting.totals:
        texts, totals = (pl.concat(each) for each in zip(*sorting.totals, strict=True))
        parts = pl.concat(sorting.typed_parts()).join(totals, on="source_row", how="anti", maintain_order="left")
        refuse_wrong_totals(name, texts, totals, parts, contract)
    height = sorting.height - sorting.total_height
    if not height:
        raise DeliveryRefused("leeg", f"{name}: het bestand heeft een kopregel en geen rijen. Lever het opnieuw aan, met gegevens.")
    if not sorting.passes:
        worst = sorting.broken[0]
        raise DeliveryRefused(
            "te_veel_fouten",
            f"{name}: {sorting.quarantined} van de {height} rijen voldoen niet aan het contract (toegestaan: {contract.terms().tolerance:.0%}). "
            f"De meeste: kolom '{worst.column}' {worst.rule} ({worst.rows} {'rij' if worst.rows == 1 else 'rijen'}). Herstel deze rijen en lever opnieuw aan.",
            broken=sorting.broken,
            rows_in=sorting.height,
        )
    refuse_other_period(name, sorting.periods, contract.terms())
