"""Known errors of sources, mended in sight: the steward's file `corrections.csv` in the data folder.

One line per error: delivery, period, where (`gemeente=Delft; soort=melding`), column, action (vervang, leeg, verwijder rij),
found, value, reason, reported_to, reported_at (jjjj-mm-dd), status. A correction changes a cell only while it still holds
what was found there: mended by the partner, it has expired.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import polars as pl

from data_contracts import versions_of
from data_contracts.base import Contract, end_of_period
from pipelines.intake.file_periods import periods_of

REPLACE, EMPTY, REMOVE = ACTIONS = ("vervang", "leeg", "verwijder rij")
STATUSES = ("open", "gemeld", "hersteld")
APPLIED, EXPIRED = "toegepast", "vervallen"


class CorrectionsInvalid(Exception):
    """The file of corrections cannot be used; the Dutch message names each line and what is wrong with it."""


@dataclass(frozen=True)
class Correction:
    """One line of the file, as text. `where` and `found` may quote a record: they go into no answer, log or report."""

    delivery: str
    period: str
    where: str
    column: str
    action: str
    found: str
    value: str
    reason: str
    reported_to: str
    reported_at: str
    status: str

    def conditions(self) -> dict[str, str]:
        """The key columns that point at the rows, with their values. Raises ValueError for a part without `=`."""
        return {column.strip(): value.strip() for column, value in (part.split("=", 1) for part in self.where.split(";") if part.strip())}


@dataclass(frozen=True)
class Outcome:
    """What came of a correction in one file, without a value: `rows` counts the rows that it changed, `state` is toegepast or
    vervallen."""

    period: str
    column: str
    action: str
    reason: str
    reported_to: str
    reported_at: str
    rows: int
    state: str


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in the file, none where there is no file. Raises CorrectionsInvalid with every error of the file."""
    if not path.exists():
        return ()
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    head = text.split("\n", 1)[0]
    lines = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    columns = [field.name for field in fields(Correction)]
    if set(lines.fieldnames or ()) != set(columns):
        raise CorrectionsInvalid(f"{path.name}: de kopregel moet deze kolommen hebben: {', '.join(columns)}.")
    found, wrong = [], []
    for line in lines:
        correction = Correction(**{column: (line[column] or "").strip() for column in columns})
        found.append(correction)
        if None in line:
            wrong.append(f"regel {lines.line_num}: er staan meer cellen dan kolommen; zet `where` tussen aanhalingstekens")
        wrong += [f"regel {lines.line_num}: {error}" for error in _errors(correction)]
    if wrong:
        raise CorrectionsInvalid(f"{path.name}: {'; '.join(wrong)}.")
    return tuple(found)


def _errors(correction: Correction) -> list[str]:
    """What is wrong with a line, in Dutch; `found`, `value` and `where` are not quoted."""
    try:
        versions = versions_of(correction.delivery)
    except KeyError:
        return [f"levering '{correction.delivery}' bestaat niet"]
    known = {column for version in versions for column in version.kinds()}
    action, column = correction.action, correction.column
    wrong = (
        (not _reads(lambda: end_of_period(correction.period)), f"periode '{correction.period}' is geen periode van de Ketenmonitor, zoals 2026Q3"),
        (action not in ACTIONS, f"actie '{action}' bestaat niet; kies uit {', '.join(ACTIONS)}"),
        (column not in known and bool(column or action != REMOVE), f"kolom '{column}' hoort niet bij de levering {correction.delivery}"),
        (action == REPLACE and not correction.value, "actie 'vervang' wil een nieuwe waarde in `value`"),
        (action != REPLACE and bool(correction.value), f"actie '{action}' heeft geen `value`"),
        (not correction.reason, "`reason` is leeg: schrijf waarom"),
        (
            bool(correction.reported_at) and not _reads(lambda: dt.date.fromisoformat(correction.reported_at)),
            "`reported_at` is geen datum (jjjj-mm-dd)",
        ),
        (correction.status not in STATUSES, f"status '{correction.status}' bestaat niet; kies uit {', '.join(STATUSES)}"),
    )
    return [error for fails, error in wrong if fails] + _errors_of_conditions(correction, known)


def _errors_of_conditions(correction: Correction, known: Collection[str]) -> list[str]:
    try:
        conditions = correction.conditions()
    except ValueError:
        return ["`where` moet de vorm `kolom=waarde; kolom=waarde` hebben"]
    if not conditions:
        return ["`where` is leeg: noem ten minste één kolom en waarde"]
    return [f"`where` noemt kolom '{column}', die de levering niet heeft" for column in conditions if column not in known]


def _reads(work: Callable[[], object]) -> bool:
    try:
        work()
    except ValueError:
        return False
    return True


def digest_of(corrections: Sequence[Correction]) -> str:
    """A short name for a set of corrections, empty for none: another name means that files must be judged again."""
    text = "\n".join("\t".join(astuple(correction)) for correction in corrections)
    return hashlib.sha256(text.encode()).hexdigest()[:12] if corrections else ""


def apply_corrections(
    texts: pl.DataFrame, typed: pl.DataFrame, contract: type[Contract], corrections: Sequence[Correction]
) -> tuple[pl.DataFrame, pl.Series, dict[Correction, int]]:
    """Carries out the corrections of the periods that the rows are about.

    `texts` and `typed` are the same rows before and after conversion; a condition or `found` may be written as the partner
    wrote it or as the house does. Gives the texts to convert anew, a mark per row to leave out, and the number of rows that
    each correction changed.
    """
    terms = contract.terms()
    column = typed[terms.period_column]
    periods = {cell: periods_of(pl.Series([cell], dtype=column.dtype), terms)[0] for cell in column.drop_nulls().unique()}
    removed = pl.repeat(value=False, n=texts.height, dtype=pl.Boolean, eager=True)
    changed = {}
    for correction in corrections:
        cells = [cell for cell, period in periods.items() if period == correction.period]
        if not cells:
            continue
        hit = column.is_in(pl.Series(cells, dtype=column.dtype).implode()).fill_null(value=False) & ~removed
        for key, value in correction.conditions().items():
            hit &= _says(texts, typed, key, value)
        if correction.column:
            hit &= _says(texts, typed, correction.column, correction.found)
        changed[correction] = int(hit.sum())
        if correction.action == REMOVE:
            removed |= hit
        elif changed[correction]:
            mended = pl.lit(correction.value if correction.action == REPLACE else None, dtype=pl.String)
            texts = texts.with_columns(pl.when(hit).then(mended).otherwise(pl.col(correction.column).cast(pl.String)).alias(correction.column))
    return texts, removed, changed


def outcomes_of(changed: Mapping[Correction, int]) -> tuple[Outcome, ...]:
    """What came of each correction, from the number of rows that it changed."""
    shown = ("period", "column", "action", "reason", "reported_to", "reported_at")
    return tuple(
        Outcome(**{name: getattr(correction, name) for name in shown}, rows=rows, state=APPLIED if rows else EXPIRED) for correction, rows in changed.items()
    )


def _says(texts: pl.DataFrame, typed: pl.DataFrame, column: str, value: str) -> pl.Series:
    """Per row whether a cell says `value`, as written or as read; an empty `value` means an empty cell."""
    if column not in texts.columns:
        return pl.repeat(value=False, n=texts.height, dtype=pl.Boolean, eager=True)
    written = texts[column].cast(pl.String).str.strip_chars().fill_null("")
    read = typed[column].cast(pl.String) if column in typed.columns else written
    return (written == value) | ((read == value).fill_null(value=False) if value else (written == ""))
