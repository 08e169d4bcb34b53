"""Figures as tables: rows of texts, and such rows as HTML. Pure; every text goes through `escape`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from app import wording
from app.catalogue import Breakdown, Indicator
from app.figures import Area, Cell

Series = Sequence[tuple[Area, Sequence[Cell]]]


def series_rows(series: Series, indicator: Indicator, by: Breakdown | None = None) -> list[dict[str, str]]:
    """The figures as rows of texts, a column per area: a row per category of `by`, or per period with the newest first. A figure that an area
    does not have is unknown."""

    def of(cell: Cell) -> str:
        return cell.category if by else cell.period

    heads = list(dict.fromkeys(of(cell) for _, cells in series for cell in cells))
    found = {(area, of(cell)): cell.text(indicator) for area, cells in series for cell in cells}
    first, name = (wording.label(by.dimension), wording.label) if by else ("Periode", wording.format_period)
    return [
        {first: name(head)} | {area.label: found.get((area, head), wording.SIGNS["onbekend"]) for area, _ in series}
        for head in (heads if by else sorted(heads, reverse=True))
    ]


def html_table(rows: Sequence[Mapping[str, str]], caption: str) -> str:
    """A table whose first column heads each row; the caption is for who does not see the title above it."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in rows[0])
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(text)}</td>" for text in others)}</tr>'
        for first, *others in (row.values() for row in rows)
    )
    return f'<table class="km-tabel"><caption class="km-onzichtbaar">{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def behind(rows: Sequence[Mapping[str, str]], caption: str) -> str:
    """The table of a chart, below it and closed until it is asked for; empty without rows."""
    if not rows:
        return ""
    return (
        f'<details class="km-cijfers"><summary>Deze cijfers in een tabel</summary><div class="km-rol" tabindex="0">{html_table(rows, caption)}</div></details>'
    )
