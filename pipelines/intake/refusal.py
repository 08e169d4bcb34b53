"""The one error of intake: a file is refused, with one Dutch sentence that the partner can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class DeliveryRefused(Exception):
    """A file cannot be taken. `sentence` (Dutch) names file, column, rule, count and what to do; never a value.

    `rule` is a stable short name for machines: onbekende_levering, onleesbaar, leeg, half, persoonsgegevens,
    kolom_ontbreekt, kolom_onbekend, periode, totaal, te_veel_fouten.
    """

    rule: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence
