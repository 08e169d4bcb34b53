"""Which tables have to be judged together with those that go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pipelines.disclosure.figures import AREA_STEPS, PERIOD_STEPS, TABLE


def judged_rows(rows: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Rows (as in `Figures`, with `deepest`: of which depth policy lets a table have gaps) of the tables that go out or went out before (`seen`,
    the columns of TABLE), and of those that are no finer: some of these tell persons apart by all that they do, and areas (periods) as finely.

    In other tables a count keeps the room of those above it, for all persons of an area (a period, a group) can be in any one part of it."""
    tables = rows.group_by(TABLE, maintain_order=True).agg(pl.col("depth", "deepest").first(), pl.col("crossed").unique())
    shapes = [_shape(table) for table in tables.join(seen, on=list(TABLE), how="semi").rows(named=True)]

    def is_within(table: dict[str, Any]) -> bool:
        crossed, area, period = _shape(table)
        finer = [shape for shape in shapes if shape[0] >= crossed]
        return any(shape[1] >= area for shape in finer) and any(shape[2] >= period for shape in finer)

    shallow = tables.filter(pl.col("depth") <= pl.col("deepest"))
    within = shallow.filter([is_within(table) for table in shallow.rows(named=True)]).select(TABLE)
    return rows.join(pl.concat([within, seen]), on=list(TABLE), how="semi", maintain_order="left")


def _shape(table: Mapping[str, Any]) -> tuple[set[str], int, int]:
    attributes = {name for crossed in table["crossed"] for name in crossed.split("&") if name}
    return attributes, AREA_STEPS[table["area_level"]], PERIOD_STEPS[table["period_grain"]]
