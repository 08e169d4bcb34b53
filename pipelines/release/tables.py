"""How much of each table of a release is shown, counted from what is published alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from pipelines.disclosure.figures import SHOWN, TABLE


def count_tables(published: pl.DataFrame, indicators: Iterable[str]) -> list[dict[str, Any]]:
    """Per indicator, in order of name: indicator_id, tables, tables_shown (those of which a figure is shown), figures, figures_shown, and `layout`,
    a list of its tables: area_level, period_grain, dimension_1, dimension_2, figures, figures_shown. One without figures has noughts.

    published: the 15 columns of a release, as an audience sees them. An unknown figure under the sign of what is withheld counts as withheld, or
    these numbers would tell how many of those there are; one that says itself that it is unknown is no figure.
    """
    state = pl.col("state")
    counted = published.filter(state.is_in([*SHOWN, "geheim"])).group_by(TABLE).agg(figures=pl.len(), figures_shown=state.is_in(SHOWN).sum()).sort(TABLE)
    layouts = {name: layout.to_dicts() for (name,), layout in counted.partition_by("indicator_id", as_dict=True, include_key=False).items()}
    return [_of_indicator(name, layouts.get(name, [])) for name in sorted(indicators)]


def _of_indicator(indicator_id: str, layout: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "indicator_id": indicator_id,
        "tables": len(layout),
        "tables_shown": sum(table["figures_shown"] > 0 for table in layout),
        "figures": sum(table["figures"] for table in layout),
        "figures_shown": sum(table["figures_shown"] for table in layout),
        "layout": layout,
    }
