"""The one error of intake: a file is refused, with one Dutch sentence that the partner can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """How many rows of a file broke a rule (Dutch; completes "kolom … ") of a column, and the lines of the first of them."""

    column: str
    rule: str
    rows: int
    lines: tuple[int, ...] = ()


@dataclass
class DeliveryRefused(Exception):
    """A file cannot be taken. `sentence` (Dutch) names file, column, rule, count and what to do; never a value.

    `rule` is a stable short name for machines: onbekende_levering, onleesbaar, leeg, half, persoonsgegevens,
    kolom_ontbreekt, kolom_onbekend, periode, totaal, te_veel_fouten, bewaartermijn. A file that was judged row by row
    also says of how many rows, and which rules they broke.
    """

    rule: str
    sentence: str
    broken: tuple[Broken, ...] = ()
    rows_in: int = 0

    def __str__(self) -> str:
        return self.sentence
