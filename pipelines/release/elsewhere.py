"""Figures that others have published: whoever reads a release may know them, so they count as told by us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

import polars as pl

from pipelines.disclosure.figures import ADDRESS, TABLE, read_figures
from pipelines.disclosure.model import DisclosureError

PLACE = (*TABLE, "period")
WHICH = ("area_code", "category_1", "category_2")


def with_elsewhere(known: pl.DataFrame | None, values: pl.DataFrame, entries: Sequence[Mapping[str, Any]]) -> pl.DataFrame | None:
    """What earlier releases told (`known` of `protect_figures`) and what others have published (`elsewhere` in the catalogue entries of one
    universe) of what `values` (the 15 columns of a release) are about; None where that is nothing.

    Raises DisclosureError for a published figure whose area or category no row has, though its table and period are there: misspelt, nobody
    would be protected from it.
    """
    figures = [row for entry in entries for figure in entry.get("elsewhere") or () for row in _rows(entry["indicator_id"], figure)]
    told = pl.DataFrame(figures, schema=values.schema).join(values, on=list(PLACE), how="semi") if figures else values.clear()
    if (strange := told.join(values, on=[*PLACE, *WHICH], how="anti")).height:
        raise DisclosureError(
            f"policy says of {strange.height} figures of {', '.join(strange['indicator_id'].unique().sort())} that others have published them, and"
            " no figure has their area or category: correct `openbaar` in the policy file"
        )
    if told.is_empty():
        return known
    counts = read_figures(told, entries).counts.select(*ADDRESS, "count", is_shown=pl.lit(value=True), is_elsewhere=pl.lit(value=True))
    return counts if known is None else pl.concat([known.with_columns(is_elsewhere=pl.lit(value=False)).select(counts.columns), counts])


def _rows(indicator_id: str, figure: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The figure as rows of a release, one for each order of its breakdowns, of which a release has one; a value says no more of a count than its
    numerator and denominator."""
    place = {name: figure[name] for name in ("area_level", "area_code", "period_grain", "period")}
    numbers = {"numerator": float(figure["aantal"]), "denominator": None if figure["noemer"] is None else float(figure["noemer"])}
    for order in permutations(figure["uitsplitsing"].items()):
        (dimension_1, category_1), (dimension_2, category_2) = [*order, ("totaal", "totaal"), ("totaal", "totaal")][:2]
        breakdown = {"dimension_1": dimension_1, "category_1": category_1, "dimension_2": dimension_2, "category_2": category_2}
        yield {"indicator_id": indicator_id, **place, **breakdown, "state": "waarde", **numbers}
