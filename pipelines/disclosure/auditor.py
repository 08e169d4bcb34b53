"""The auditor: proves from the published frame alone that nothing withheld can be read, summed or subtracted from it.

It shares no code with the protector, never sees an unprotected figure, and answers with a certificate. A certificate with
findings is a refusal: the release must not be published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from pipelines.disclosure.auditor_equations import Areas, find_fixed, find_rests

FORMAT = 1
RULE = {
    "nl": (
        "Van een indicator over personen is elke tabel (indicator, gebiedsniveau, periode en uitsplitsing) met een aantal onder de drempel geheel geheim; "
        "nullen en kleine aantallen worden daarbij niet onderscheiden. Een tabel waaruit een geheime tabel is op te tellen, of waarmee een klein aantal door "
        "aftrekken is te vinden, is ook geheel geheim. Het publiek ziet nooit meer dan de professional."
    ),
    "en": (
        "For an indicator about persons, every table (indicator, area level, period grain, breakdown) with a count below the threshold is withheld whole; "
        "zeros and small counts are alike. A table from which a withheld one can be summed, or which gives a small count by subtraction, is withheld too. "
        "The public never sees more than the professional."
    ),
}
FIGURE_STATES = {"waarde", "voorlopig", "nihil"}
GRAIN_RANK = {"maand": 2, "kwartaal": 1, "jaar": 0}
# Periods that are no part of the calendar year, with the grains that they are made of. Each is audited as if it were years, by itself.
OTHER_GRAINS = {"schooljaar": {"maand"}, "drie_jaar": {"maand", "kwartaal", "jaar"}}
NUMBER_COLUMNS = ["value", "numerator", "denominator", "lower", "upper"]


class TableKey(NamedTuple):
    """Address of a table in the certificate."""

    indicator_id: str
    area_level: str
    period_grain: str
    dimensions: tuple[str, ...]


class Cell(NamedTuple):
    """A published row: address within its table, state, and counts (numerator, denominator)."""

    area: str
    period: str
    categories: tuple[str, ...]
    state: str
    numerator: float | None
    denominator: float | None


def audit(values: pl.DataFrame, policy: Sequence[Mapping[str, Any]], audience: str, parents: pl.DataFrame) -> dict[str, Any]:
    """The certificate of a published frame (the 15 columns of a release, after protection).

    policy and parents as for `protect`. `findings` is empty when the proof holds; each finding has kind, table and sentence,
    and never a figure. Indicators that are not about persons are only checked for numbers in cells without a figure.
    """
    rules = {str(entry.get("indicator_id")): _terms(entry, audience) for entry in policy if _is_single(entry, policy)}
    areas = Areas(parents.iter_rows())
    findings: list[dict[str, Any]] = []
    tables = _tables(values)
    hidden_numbers = values.filter(~pl.col("state").is_in(sorted(FIGURE_STATES)) & pl.any_horizontal(pl.col(NUMBER_COLUMNS).is_not_null()))
    for row in hidden_numbers.select("indicator_id", "area_level", "period_grain").unique().sort("indicator_id", "area_level", "period_grain").iter_rows():
        key = TableKey(row[0], row[1], row[2], ())
        findings.append(_finding("number in a cell without figure", key, "a cell whose state has no figure carries a number"))
    by_indicator: dict[str, dict[TableKey, list[Cell]]] = defaultdict(dict)
    for key, cells in tables.items():
        by_indicator[key.indicator_id][key] = cells
    withheld = sorted(key for key, cells in tables.items() if any(cell.state == "geheim" for cell in cells))
    for indicator_id, own in sorted(by_indicator.items()):
        terms = rules.get(indicator_id, {"person_related": True, "threshold": None, "per": None, "several": [], "dimensions": []})
        if terms["person_related"]:
            findings += _audit_grains(own, terms, areas)
    shown = sum(cell.state in FIGURE_STATES for cells in tables.values() for cell in cells)
    secret = sum(cell.state == "geheim" for cells in tables.values() for cell in cells)
    return {
        "format": FORMAT,
        "audience": audience,
        "rule": RULE,
        "thresholds": {name: terms["threshold"] for name, terms in sorted(rules.items()) if terms["person_related"]},
        "indicators": {name: rules[name] for name in sorted(rules)},
        "tables": {"published": len(tables) - len(withheld), "withheld": len(withheld)},
        "cells": {"published": shown, "withheld": secret, "without_figure": values.height - shown - secret},
        "withheld_tables": [_address(key) for key in withheld],
        "proved": [
            "no published count of persons is below its threshold, nor the rest of a share",
            "no withheld cell carries a number, and a table is withheld whole",
            "no withheld table can be summed from a published one",
            "no withheld cell is fixed by published ones of the same indicator, save where it repeats one",
            "no published total leaves a small rest beside its published parts",
        ],
        "findings": findings,
    }


def _audit_grains(tables: dict[TableKey, list[Cell]], terms: Mapping[str, Any], areas: Areas) -> list[dict[str, Any]]:
    """All findings of one indicator about persons: of its calendar, of each other grain, and of what adds up from the one to the other."""
    findings = _audit_indicator({key: cells for key, cells in tables.items() if key.period_grain not in OTHER_GRAINS}, terms, areas)
    for grain, parts in OTHER_GRAINS.items():
        own = {key._replace(period_grain="jaar"): cells for key, cells in tables.items() if key.period_grain == grain}
        for finding in _audit_indicator(own, terms, areas):
            findings.append({**finding, "table": {**finding["table"], "period_grain": grain}})
        secret = sorted(key for key, cells in tables.items() if key.period_grain == grain and any(cell.state == "geheim" for cell in cells))
        shown = [key for key, cells in tables.items() if key.period_grain in parts and any(cell.state in FIGURE_STATES for cell in cells)]
        for key, fine in ((key, fine) for key in secret for fine in shown):
            coarse = key._replace(period_grain="jaar")
            if coarse == fine or is_sum_of(coarse, fine, _several(tables, terms), areas):
                findings.append(_finding("summable", key, f"the withheld table is a sum of {_words(fine)}"))
    return findings


def _audit_indicator(tables: dict[TableKey, list[Cell]], terms: Mapping[str, Any], areas: Areas) -> list[dict[str, Any]]:
    """All findings of one indicator about persons."""
    several = _several(tables, terms)
    findings = [finding for key, cells in tables.items() for finding in _audit_cells(key, cells, terms, areas)]
    placed = {key: cells for key, cells in tables.items() if key.period_grain in GRAIN_RANK and key.area_level in areas.reach}
    published = {key: cells for key, cells in placed.items() if any(cell.state in FIGURE_STATES for cell in cells)}
    withheld = {key: cells for key, cells in placed.items() if any(cell.state == "geheim" for cell in cells)}
    sums = [(coarse, fine) for coarse in withheld for fine in published if is_sum_of(coarse, fine, several, areas)]
    findings += [_finding("summable", coarse, f"the withheld table is a sum of {_words(fine)}") for coarse, fine in sums]
    if terms["threshold"] is None:
        return findings

    def judge(numerator: float | None, denominator: float | None) -> tuple[bool, bool]:
        whole = denominator if terms["per"] is not None and terms["per"] <= 100 else numerator
        return _lowest(numerator, denominator, terms["per"]) < terms["threshold"], whole is not None and whole <= 0

    for coarse, fine in find_rests(published, several, areas, judge, is_sum_of):
        findings.append(_finding("small rest", fine, f"{_words(coarse)} minus its published parts leaves a small count"))
    fixed = find_fixed(published, withheld, several, areas)
    return findings + [_finding("recoverable", key, "published tables fix a cell of the withheld table") for key in fixed]


def _several(tables: dict[TableKey, list[Cell]], terms: Mapping[str, Any]) -> frozenset[str]:
    """Dimensions of which one unit can have several categories; a lone category repeats the total."""
    seen = {
        name: {cell.categories[key.dimensions.index(name)] for key in tables if name in key.dimensions for cell in tables[key]} for name in terms["several"]
    }
    return frozenset(name for name, categories in seen.items() if len(categories) > 1)


def _audit_cells(key: TableKey, cells: list[Cell], terms: Mapping[str, Any], areas: Areas) -> Iterator[dict[str, Any]]:
    """Findings in one table by itself."""
    figures = [cell for cell in cells if cell.state in FIGURE_STATES]
    if len({cell[:3] for cell in cells}) != len(cells):
        yield _finding("double cell", key, "a cell stands twice")
    if not figures:
        return
    if terms["threshold"] is None:
        yield _finding("no threshold", key, "a table about persons is published without a threshold in the catalogue")
    elif any(_lowest(cell.numerator, cell.denominator, terms["per"]) < terms["threshold"] for cell in figures):
        yield _finding("small count", key, "a published count of persons is below the threshold")
    if terms["per"] is not None and terms["per"] <= 100 and any(cell.state == "nvt" for cell in cells):
        yield _finding("small count", key, "a share of nothing beside published shares tells that nobody is there")
    if any(cell.state == "geheim" for cell in cells):
        yield _finding("half withheld", key, "some cells of the table are withheld and others published")
    if key.period_grain not in GRAIN_RANK or key.area_level not in areas.reach or not set(key.dimensions) <= set(terms["dimensions"]):
        yield _finding("unplaced", key, "the catalogue does not name this breakdown, period or area level, so sums cannot be followed")


def is_sum_of(coarse: TableKey, fine: TableKey, several: frozenset[str], areas: Areas) -> bool:
    """True when adding up areas, periods or single-valued categories of `fine` gives figures of `coarse`."""
    return (
        coarse != fine
        and (coarse.area_level == fine.area_level or coarse.area_level in areas.reach[fine.area_level])
        and GRAIN_RANK[coarse.period_grain] <= GRAIN_RANK[fine.period_grain]
        and set(coarse.dimensions) <= set(fine.dimensions)
        and not (set(fine.dimensions) - set(coarse.dimensions)) & several
    )


def _lowest(numerator: float | None, denominator: float | None, per: float | None) -> float:
    """The smallest count of persons or cases in a cell; minus one where it cannot be told."""
    if numerator is None or numerator != numerator or numerator % 1:
        return -1
    if per is None or per > 100:
        return numerator
    if denominator is None or denominator != denominator or denominator % 1:
        return -1
    return float(min(numerator, denominator, denominator - numerator) if per == 100 else min(numerator, denominator))


def _terms(entry: Mapping[str, Any], audience: str) -> dict[str, Any]:
    """What the catalogue says that matters here; whatever is not plainly said counts as a person without a threshold."""
    threshold = entry.get(f"threshold_{audience}")
    plain = isinstance(threshold, int | float) and not isinstance(threshold, bool) and threshold > 0
    names = [str(name) for name in entry.get("breakdowns") or ()]
    return {
        "person_related": entry.get("person_related") is not False,
        "threshold": threshold if plain and entry.get("person_related") is True else None,
        "per": entry.get("per"),
        "several": sorted(name.rstrip("*") for name in names if name.endswith("*")),
        "dimensions": sorted(name.rstrip("*") for name in names),
    }


def _is_single(entry: Mapping[str, Any], policy: Iterable[Mapping[str, Any]]) -> bool:
    return sum(other.get("indicator_id") == entry.get("indicator_id") for other in policy) == 1


def _tables(values: pl.DataFrame) -> dict[TableKey, list[Cell]]:
    """Cells per table, with the two dimensions in one order."""
    tables: dict[TableKey, list[Cell]] = {}
    columns = ["indicator_id", "area_level", "period_grain", "dimension_1", "dimension_2"]
    for (indicator_id, level, grain, first, second), rows in values.partition_by(columns, as_dict=True, maintain_order=True).items():
        order = sorted((name, column) for name, column in ((first, "category_1"), (second, "category_2")) if name != "totaal")
        key = TableKey(indicator_id, level, grain, tuple(name for name, _ in order))
        categories = list(zip(*(rows[column].to_list() for _, column in order), strict=True)) or [()] * rows.height
        area, period, *rest = (rows[column].to_list() for column in ("area_code", "period", "state", "numerator", "denominator"))
        tables.setdefault(key, []).extend(map(Cell._make, zip(area, period, categories, *rest, strict=True)))
    return tables


def _address(key: TableKey) -> dict[str, Any]:
    return {**key._asdict(), "dimensions": list(key.dimensions)}


def _words(key: TableKey) -> str:
    return f"{key.indicator_id} by {key.area_level}, {key.period_grain}, {' and '.join(key.dimensions) or 'total'}"


def _finding(kind: str, key: TableKey, sentence: str) -> dict[str, Any]:
    return {"kind": kind, "table": _address(key), "sentence": f"{_words(key)}: {sentence}"}
