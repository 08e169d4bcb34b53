"""A grid of text → the table in it: the header row, the rows below, what the title block says, and what is no row of data."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import polars as pl

from data_contracts.base import Contract
from pipelines.intake.limits import HEADER_WITHIN
from pipelines.intake.reading.extract import FIELDS, SOURCE_ROW, Extract, headings_of, matches, normalise
from pipelines.intake.reading.statline import statline_block
from pipelines.intake.refusal import DeliveryRefused

Cells = Sequence[str | None]

FOOTER = (
    r"(?i)^(?:(?:bron|toelichting|noot|voetnoot|opmerking(?:en)?|let op|legenda|peildatum|gegenereerd|aangemaakt|exportdatum|definities?)\b\s*(?:[:.\d]|op\b|$)"
    r"|bron\s|©|\(c\)|\*)"
)
UNITS = {"aantal", "aantallen", "procent", "perc", "euro", "eur", "dagen", "uren", "personen", "zaken", "cijfer", ""}
SCALED = re.compile(r"(?:x_)?1_?000(?:_000)?(?:_euro)?|(?:dzd|mln|mld|miljoen|miljard)(?:_euro)?|per_1_?00+")


def table_of(name: str, grid: pl.DataFrame, contract: type[Contract], guesses: dict[str, str | int]) -> Extract:
    """The table in a grid: columns `0`, `1`, … of text (null: empty), `source_row`, and for text files `fields`.

    Raises DeliveryRefused when there is no header row of the contract, no row below it, or a row is not whole.
    """
    known = headings_of(contract)
    head: list[Cells] = [row[: grid.width - 1 - (FIELDS in grid.columns)] for row in grid.head(HEADER_WITHIN).rows()]
    block = statline_block(head, known)
    if block:
        body = whole_rows(name, grid.slice(block.last + 1), block.width)
        rows, first, guesses = block.rows_of(body), block.first, guesses | {"opmaak": "StatLine"}
    else:
        first, last, headings = _header(name, head, contract)
        start = last + 1 + (last + 1 < len(head) and _is_units(head[last + 1], contract))
        body = whole_rows(name, grid.slice(start), len(headings))
        rows = _named(name, body, headings)
        guesses = guesses | {"kopregel": int(grid[SOURCE_ROW][last])} | ({"eenhedenregel": int(grid[SOURCE_ROW][start - 1])} if start > last + 1 else {})
    said = {title: value for title, value in _said_above(head[:first], known) if known[normalise(title)] not in {known.get(normalise(n)) for n in rows.columns}}
    rows = rows.with_columns(pl.lit(value).alias(title) for title, value in said.items())
    return Extract.of(rows, guesses | ({"uit het titelblok": ", ".join(said)} if said else {}))


def _header(name: str, head: Sequence[Cells], contract: type[Contract]) -> tuple[int, int, list[str]]:
    """First and last row of the header, and its headings. Two rows are taken together only when that names more columns."""
    known = headings_of(contract)
    single = [(index, index, [cell or "" for cell in row]) for index, row in enumerate(head)]
    double = [(index, index + 1, _stacked(upper, lower, known)) for index, (upper, lower) in enumerate(itertools.pairwise(head))]
    first, last, headings = max(single + double, key=lambda found: matches(found[2], known), default=(0, 0, []))
    if matches(headings, known) < min(2, len(known)):
        columns = ", ".join(contract.kinds())
        raise DeliveryRefused("kolom_ontbreekt", f"{name}: er is geen kopregel gevonden met de kolommen van het contract ({columns}). Controleer de levering.")
    while not headings[-1]:
        headings.pop()
    return first, last, headings


def _stacked(upper: Cells, lower: Cells, known: dict[str, str]) -> list[str]:
    """Headings over two rows: a group above its columns (`Slachtoffers` over `aantal`), or each in the row that it stands in."""
    group, headings = "", []
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        choices = [f"{group} {below}"] * bool(group and below) + [below or above or ""] + [above or ""]
        headings.append(next((choice for choice in choices if normalise(choice) in known), choices[-2]))
    return headings


def _is_units(row: Cells, contract: type[Contract]) -> bool:
    """Whether a row below the header says units (`aantal`, `%`, `x 1 000`) and nothing else."""
    units = UNITS | {normalise(str(field.get("unit", ""))) for field in contract.kinds().values()}
    cells = [normalise(cell) for cell in row if cell]
    return bool(cells) and all(cell in units or SCALED.fullmatch(cell) for cell in cells)


def whole_rows(name: str, body: pl.DataFrame, width: int) -> pl.DataFrame:
    """The rows of data below a header of `width` cells, without empty rows and footers. Refuses rows with another number of cells."""
    body = _without_footers(body, width)
    if body.is_empty():
        raise DeliveryRefused(
            "leeg", f"{name}: er staan geen gegevens onder de kopregel. Lever het bestand met gegevens aan, of meld dat er niets te melden is."
        )
    if FIELDS not in body.columns:
        return body
    beyond = [column for column in body.columns[width:] if column.isdigit() and body[column].null_count() < body.height]
    torn = body.filter((pl.col(FIELDS) < width) | pl.any_horizontal(pl.lit(value=False), *(pl.col(column).is_not_null() for column in beyond)))[SOURCE_ROW]
    if len(torn):
        raise DeliveryRefused(
            "half",
            f"{name}: {len(torn)} rij(en) hebben een ander aantal velden dan de kopregel ({width}), de eerste is regel {torn[0]}. "
            "Waarschijnlijk is het bestand half geschreven: lever het opnieuw en volledig aan.",
        )
    return body.drop(FIELDS)


def _without_footers(body: pl.DataFrame, width: int) -> pl.DataFrame:
    """Leaves out empty rows, and rows with one cell (or too few) that say `Bron: …` or the like, with all below the last of them."""
    cells = body.select(pl.all().exclude(SOURCE_ROW, FIELDS))
    if sum(column.null_count() == 0 for column in cells) > 1:
        return body  # every row has two cells: 0.4 s of 2M rows saved
    filled = cells.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
    few = (filled == 1) | ((body[FIELDS] < width) & (filled > 0)) if FIELDS in body.columns else filled == 1
    marked = few & cells.select(pl.coalesce(pl.all()).str.contains(FOOTER)).to_series().fill_null(value=False) if few.any() else few
    end = body.height
    if marked.any() and bool((few | (filled == 0))[marked.arg_max() :].all()):
        end = int(marked.arg_max() or 0)
    dropped = ((filled == 0) | marked)[:end]
    return body.head(end).filter(~dropped) if dropped.any() else body.head(end)


def _named(name: str, body: pl.DataFrame, headings: list[str]) -> pl.DataFrame:
    """Gives columns their headings; an empty column without one is left out, a filled one is refused."""
    used = {str(index): heading for index, heading in enumerate(headings) if heading}
    bare = [column for column in body.columns if column not in used and column != SOURCE_ROW and body[column].null_count() < body.height]
    twice = len(used) - len(set(used.values()))
    if bare or twice or SOURCE_ROW in used.values():
        raise DeliveryRefused(
            "kolom_onbekend", f"{name}: {len(bare) + twice or 1} kolomkop(pen) komen dubbel voor of zijn leeg. Geef elke kolom een eigen kop."
        )
    return body.select(SOURCE_ROW, *used).rename(used)


def _said_above(title_block: Sequence[Cells], known: dict[str, str]) -> list[tuple[str, str]]:
    """What the rows above the header say of all rows: `Perioden: 2024*` in one cell, or name and value in two."""
    said = []
    for row in title_block:
        cells = [cell for cell in row if cell]
        parts = [part.strip() for part in cells[0].split(":", 1)] if len(cells) == 1 else [cells[0].rstrip(": "), cells[1]] if len(cells) == 2 else []
        if len(parts) == 2 and parts[1] and normalise(parts[0]) in known:
            said.append((parts[0], parts[1]))
    return said
