"""A small independent checker of a release's certificate: needs pyarrow only, reads values.parquet and certificate.json.

usage: python checker.py VALUES.parquet CERTIFICATE.json     exit 0 when every claim holds, 1 with a line per difference

It redoes what can be redone without the area list: no small count, no number in a withheld cell, tables withheld whole and
listed, no withheld table that is a sum of a published one, and the counts. Subtraction is the auditor's; its findings must be
empty here.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import sys
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

FIGURES = {"waarde", "voorlopig", "nihil"}
GRAINS = ["maand", "kwartaal", "jaar", "drie_jaar"]
COARSER = {
    "regio": "",
    "zorgregio": "regio",
    "abc": "zorgregio regio",
    "district": "abc zorgregio regio",
    "basisteam": "district abc zorgregio regio",
    "gemeente": "district abc zorgregio regio",
    "wijk": "gemeente district abc zorgregio regio",
}
Key = tuple[str, str, str, tuple[str, ...]]


def check_certificate(values: pa.Table | pathlib.Path | str, certificate: Mapping[str, Any]) -> list[str]:
    """One sentence per claim that does not hold; an empty list when all do.

    values: the published table, or the path of values.parquet (then its sha256 is compared too).
    """
    wrong: list[str] = []
    if not isinstance(values, pa.Table):
        path = pathlib.Path(values)
        if certificate.get("values_sha256") != hashlib.sha256(path.read_bytes()).hexdigest():
            wrong.append("the certificate is about another values.parquet (sha256 differs)")
        values = pq.read_table(path)
    if certificate.get("format") != 1:
        return [*wrong, f"unknown certificate format {certificate.get('format')!r}"]
    if certificate.get("findings") != []:
        wrong.append("the auditor had findings")
    terms: Mapping[str, Any] = certificate.get("indicators", {})
    shown, secret, keys, faults = _read(values, terms)
    wrong += sorted(faults)
    wrong += [f"{_words(key)} is withheld for a part only" for key in sorted(shown.keys() & secret.keys())]
    listed = {(t["indicator_id"], t["area_level"], t["period_grain"], tuple(t["dimensions"])) for t in certificate.get("withheld_tables", [])}
    wrong += [f"{_words(key)} is withheld and not listed, or listed and not withheld" for key in sorted(listed ^ secret.keys())]
    for coarse in sorted(secret):
        several = set(terms.get(coarse[0], {}).get("several", []))
        wrong += [f"withheld {_words(coarse)} is a sum of published {_words(fine)}" for fine in sorted(shown) if _is_sum_of(coarse, fine, several)]
    cells = {"published": sum(shown.values()), "withheld": sum(secret.values())}
    cells["without_figure"] = values.num_rows - sum(cells.values())
    if certificate.get("cells") != cells or certificate.get("tables") != {"published": len(keys) - len(secret), "withheld": len(secret)}:
        wrong.append("the number of cells or tables differs from the certificate")
    return wrong


def _read(values: pa.Table, terms: Mapping[str, Any]) -> tuple[dict[Key, int], dict[Key, int], set[Key], set[str]]:
    """Cells with a figure and withheld cells per table, all tables, and what is wrong with single cells."""
    names = ("indicator_id", "area_level", "period_grain", "dimension_1", "dimension_2", "state", "value", "numerator", "denominator", "lower", "upper")
    shown: dict[Key, int] = {}
    secret: dict[Key, int] = {}
    faults: set[str] = set()
    table: dict[tuple[str, ...], Key] = {}  # two dimensions in either order are one table; sorting them in each row took half of the time
    for indicator, level, grain, first, second, state, *numbers in zip(*(values.column(name).to_pylist() for name in names), strict=True):
        row = (indicator, level, grain, first, second)
        if row not in table:
            table[row] = (indicator, level, grain, tuple(sorted({first, second} - {"totaal"})))
        key = table[row]
        if state in FIGURES:
            shown[key] = shown.get(key, 0) + 1
            own = terms.get(indicator, {"person_related": True, "threshold": None})
            if own["person_related"] and (own["threshold"] is None or _lowest(numbers[1], numbers[2], own["per"]) < own["threshold"]):
                faults.add(f"{indicator} ({level}, {grain}): a published count of persons is below its threshold")
        elif any(number is not None for number in numbers):
            faults.add(f"{indicator} ({level}, {grain}): a cell of state {state} carries a number")
        elif state == "geheim":
            secret[key] = secret.get(key, 0) + 1
    return shown, secret, set(table.values()), faults


def _lowest(numerator: float | None, denominator: float | None, per: float | None) -> float:
    if numerator is None:
        return -1.0
    if per is None or per > 100:
        return numerator
    if denominator is None:
        return -1.0
    return min(numerator, denominator, denominator - numerator) if per == 100 else min(numerator, denominator)


def _is_sum_of(coarse: Key, fine: Key, several: set[str]) -> bool:
    if coarse == fine or coarse[0] != fine[0] or coarse[2] not in GRAINS or fine[2] not in GRAINS:
        return False
    levels = coarse[1] == fine[1] or coarse[1] in COARSER.get(fine[1], coarse[1]).split()
    dropped = set(fine[3]) - set(coarse[3])
    return levels and GRAINS.index(coarse[2]) >= GRAINS.index(fine[2]) and set(coarse[3]) <= set(fine[3]) and not dropped & several


def _words(key: Key) -> str:
    return f"{key[0]} ({key[1]}, {key[2]}, {' and '.join(key[3]) or 'total'})"


if __name__ == "__main__":
    problems = check_certificate(sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")))
    sys.stdout.write(("\n".join(problems) or "the certificate holds") + "\n")
    sys.exit(bool(problems))
