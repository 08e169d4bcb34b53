"""StatLine downloads (CBS, politie): a block of header rows that crosses topics with other dimensions, and a value per cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.intake.reading.extract import MISSING, SOURCE_ROW, normalise

TOPIC = "Onderwerp"


@dataclass(frozen=True)
class StatlineBlock:
    """A header block: its first and last row, the dimensions that stand in columns of their own, and for each crossing of
    the other dimensions (name → category) which column holds which topic."""

    first: int
    last: int
    dimensions: list[str]
    crossings: list[tuple[dict[str, str], dict[str, str]]]

    @property
    def width(self) -> int:
        """Cells of a whole row."""
        return len(self.dimensions) + sum(len(topics) for _, topics in self.crossings)

    def rows_of(self, body: pl.DataFrame) -> pl.DataFrame:
        """One row per line and crossing, a column per topic, without those where no topic was observed (`.`, `-`, empty).
        Where a line of the file becomes several rows, `source_row` counts rows."""
        index = {str(place): title for place, title in enumerate(self.dimensions)}
        parts = [
            body.select(SOURCE_ROW, *(pl.col(place).alias(title) for place, title in index.items()), *(pl.lit(v).alias(k) for k, v in labels.items()))
            .with_columns(body[place].alias(topic) for topic, place in topics.items())
            .with_columns(pl.lit(order).alias("order"))
            for order, (labels, topics) in enumerate(self.crossings)
        ]
        rows = pl.concat(parts, how="diagonal").sort(SOURCE_ROW, "order").drop("order")
        topics = {topic for _, found in self.crossings for topic in found}
        rows = rows.filter(pl.any_horizontal(pl.col(topic).is_not_null() & ~pl.col(topic).str.to_lowercase().is_in(MISSING) for topic in topics))
        return rows.with_columns(pl.int_range(1, pl.len() + 1).alias(SOURCE_ROW)) if len(parts) > 1 else rows


def statline_block(head: Sequence[Sequence[str | None]], known: dict[str, str]) -> StatlineBlock | None:
    """The header block in the first rows of a grid, or None when it is no StatLine download.

    The label `Onderwerp` stands before its topics in one row, or alone above them. The last row of the block names the
    dimensions in columns of their own, with the units beside them.
    """
    found = next(((index, place) for index, row in enumerate(head) for place, cell in enumerate(row) if cell == TOPIC), None)
    if not found:
        return None
    at, place = found
    own = place + any(head[at][place + 1 :])  # the number of columns with labels of rows
    heads = [index for index in range(at + 1, len(head)) if own and all(cell and normalise(cell) in known for cell in head[index][:own])]
    if not heads:
        return None
    first = at
    while first and head[first - 1][own - 1] and any(head[first - 1][own:]):
        first -= 1
    levels: dict[str, list[str]] = {}
    label = ""
    for row in head[first : heads[-1]]:
        if not label and row[own] and not any(row[own + 1 :]) and not any(row[:own]):
            label = row[own] or ""
            continue
        name = label or next((cell for cell in row[:own] if cell), TOPIC)
        names = levels.setdefault(name, [""] * (len(row) - own))
        levels[name] = [f"{group} {cell or ''}".strip() for group, cell in zip(names, row[own:], strict=True)]
        label = ""
    crossings: dict[tuple[str, ...], dict[str, str]] = {}
    topics = levels.pop(TOPIC, [])
    for index, topic in enumerate(topics):
        if topic:
            crossings.setdefault(tuple(cells[index] for cells in levels.values()), {})[topic] = str(own + index)
    dimensions = [cell or "" for cell in head[heads[-1]][:own]]
    return StatlineBlock(first, heads[-1], dimensions, [(dict(zip(levels, key, strict=True)), found) for key, found in crossings.items()])
