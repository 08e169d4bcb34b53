"""What every reader gives: a file as a table of text, and what had to be guessed to get there."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from data_contracts.base import Contract

SOURCE_ROW = "source_row"
FIELDS = "fields"  # of a grid: how many cells a row of text had
MISSING = frozenset(  # what partners and statistical offices write where a number is missing, in lower case
    (
        *(".", "..", "...", "x", "-", "--", "–", "—", "*", "**", "***", "?"),
        *("nb", "n.b.", "n.b", "nnb", "n.n.b.", "niet bekend", "onb", "onb.", "onbekend", "geheim", "niet beschikbaar", "niet geleverd"),
        *("nvt", "n.v.t.", "n.v.t", "niet van toepassing", "n/a", "n.a.", "na", "nan", "null", "none", "leeg", "#n/b", "#n/a"),
    )
)
TOTALS = {"totaal", "total", "eindtotaal", "totaal generaal"}


@dataclass(frozen=True)
class Extract:
    """A file as a table. `rows` has the file's own headings, every column String (Parquet may bring typed ones), and
    `source_row` (Int64, line or sheet row, from 1). `headings` are those without `source_row`, `height` is the number of
    rows. `guesses` says what was guessed: encoding, delimiter, sheet, header row."""

    rows: pl.LazyFrame
    headings: list[str]
    height: int
    guesses: dict[str, str | int] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: pl.DataFrame, guesses: dict[str, str | int] | None = None) -> Extract:
        """An extract of a frame that is already in memory; `frame` has `source_row`."""
        return cls(frame.lazy(), [name for name in frame.columns if name != SOURCE_ROW], frame.height, guesses or {})


def normalise(heading: str) -> str:
    """A heading without case, accents, punctuation and stray spaces: `Schade-bedrag (€) ` → `schade_bedrag`."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


@functools.cache  # asked again for every row that may be a header; of the contract's words only, for a cell of a row is kept nowhere
def headings_of(contract: type[Contract]) -> dict[str, str]:
    """Every normalised heading under which a column may come, with the contract's column."""
    aliases = contract.terms().aliases
    names = {column: (column, *aliases.get(column, ())) for column in contract.kinds()}
    return {normalise(name): column for column, spellings in names.items() for name in spellings}


def matches(row: Sequence[str | None], known: dict[str, str]) -> int:
    """How many columns of the contract a row of cells names."""
    names = {normalise(cell) for cell in row if cell}
    return len({known[name] for name in names & known.keys()})
