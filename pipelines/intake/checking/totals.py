"""Totals rows: recognised, held against the rows that they are the sum of, and left out.

A total that differs from its parts means a file cut short, or a row changed afterwards: the file is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from data_contracts.base import AT_LEAST, AT_MOST, Contract
from pipelines.intake.refusal import DeliveryRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = r"(?i)^\s*(?:sub|eind|deel)?tota(?:al|len|l)(?: generaal)?\s*:?\s*"
TOTAL, TOTAL_OF = f"{WORD}$", rf"{WORD}(?:van |voor )?(\S.*?)\s*$"  # "Totaal", "Subtotaal"; "Totaal Delft"
LABELS = ("area", "category", "several", "text", "year", "quarter", "month", "school_year", "flag")
NOT_ADDED = ("procent", "cijfer")  # the share of all is not the sum of the shares
CENT = 0.005  # amounts are rounded, each by at most half a cent


def total_rows(texts: pl.DataFrame, typed: pl.DataFrame, contract: type[Contract]) -> pl.Series:
    """Per row whether a label says Totaal or Subtotaal. `texts` and `typed` are the same rows before and after conversion: a
    category that knows the word (`totaal` of all ages) was read and is no mark."""
    marks = pl.repeat(value=False, n=texts.height, dtype=pl.Boolean, eager=True)
    for column, field in contract.kinds().items():
        if texts.schema[column] != pl.String or field["kind"] not in LABELS:
            continue
        form = {"area": WORD, "text": TOTAL}.get(str(field["kind"]))
        if form is None and typed[column].null_count() == texts[column].null_count():
            continue  # every word was read
        words = texts[column].filter(typed[column].is_null()) if form is None else texts[column]
        said = words.unique().drop_nulls() if form != TOTAL else words  # few areas are different, all pseudonyms are
        said = said.filter(said.str.contains(form or WORD)).unique()
        if len(said):
            marks |= texts[column].is_in(said.implode()).fill_null(value=False)
    return marks


def refuse_wrong_totals(name: str, texts: pl.DataFrame, typed: pl.DataFrame, parts: pl.DataFrame, contract: type[Contract]) -> None:
    """Holds every count and amount of the totals rows (`texts` and `typed`: before and after conversion) against its parts.

    The parts of a totals row are the rows with the same labels, as far as it has any, or the rows since the totals row above
    it. A part that is empty or bounded (`<5`) leaves the total room. Raises DeliveryRefused naming columns and lines.
    """
    kinds = contract.kinds()
    added = [column for column, field in kinds.items() if field["kind"] in ("count", "number") and field["unit"] not in NOT_ADDED]
    labels = [column for column, field in kinds.items() if field["kind"] in LABELS]
    if not added:
        return
    sums = [expression for column in added for expression in _sum(column, bounded=bool(kinds[column].get("bounded")))]
    said = typed.with_columns(_labels_of(texts, typed, parts, labels)).sort("source_row").with_row_index("block")
    blocks = parts.with_columns(block=said["source_row"].search_sorted(parts["source_row"]).cast(pl.UInt32)).group_by("block").agg(sums)
    by_block = said.join(blocks, on="block", how="left", maintain_order="left")
    wrong = _differing(_with_sums_of_labels(said, parts, labels, sums), added, kinds)
    wrong = {column: differs & ~_all_fit(_differing(by_block, added, kinds)) for column, differs in wrong.items()}
    columns = [column for column, differs in wrong.items() if differs.any()]
    if columns:
        lines = said.filter(pl.any_horizontal(*wrong.values()))["source_row"].to_list()
        some = f"de totaalregel (regel {lines[0]}) klopt" if len(lines) == 1 else f"{len(lines)} totaalregels (de eerste: regel {lines[0]}) kloppen"
        raise DeliveryRefused(
            "totaal",
            f"{name}: {some} niet met de som van kolom {' en '.join(repr(column) for column in columns)} over de rijen die erbij horen "
            f"(het bestand heeft {parts.height} rijen). Waarschijnlijk ontbreken rijen: lever opnieuw aan.",
        )


def _labels_of(texts: pl.DataFrame, typed: pl.DataFrame, parts: pl.DataFrame, labels: Sequence[str]) -> list[pl.Series]:
    """What the totals rows say in each label: nothing for Totaal, `Delft` for "Totaal Delft" where the rows know a Delft."""
    found = []
    for label in labels:
        if typed.schema[label] != pl.String or texts.schema[label] != pl.String:
            found.append(typed[label])
            continue
        named = texts[label].str.extract(TOTAL_OF)
        named = named.set(~named.is_in(parts[label].unique().implode()), None)
        found.append(typed[label].set(texts[label].str.contains(WORD).fill_null(value=False), None).zip_with(named.is_null(), named).alias(label))
    return found


def _sum(column: str, *, bounded: bool) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    lowest, highest = (pl.col(column + suffix) if bounded else pl.col(column) for suffix in (AT_LEAST, AT_MOST))
    most = pl.when(highest.null_count() > 0).then(float("inf")).otherwise(highest.sum().cast(pl.Float64))
    return lowest.sum().cast(pl.Float64).alias(f"{column} least"), most.alias(f"{column} most"), pl.len().alias(f"{column} rows")


def _with_sums_of_labels(said: pl.DataFrame, parts: pl.DataFrame, labels: Sequence[str], sums: Sequence[pl.Expr]) -> pl.DataFrame:
    """The totals rows with the sums of the rows of the same labels; rows that fill the same labels are joined at once."""
    found = []
    for (pattern,), rows in said.group_by(pl.concat_str(pl.col(label).is_not_null().cast(pl.Int8) for label in labels)):
        filled = [label for label, mark in zip(labels, str(pattern), strict=True) if mark == "1"]
        of_labels = parts.group_by(filled).agg(sums) if filled else parts.select(sums)
        found.append(rows.join(of_labels, on=filled, how="left") if filled else rows.join(of_labels, how="cross"))
    return pl.concat(found).sort("block")


def _differing(said: pl.DataFrame, added: Sequence[str], kinds: dict[str, dict[str, object]]) -> dict[str, pl.Series]:
    """Per column, per totals row, whether what it says cannot be the sum beside it."""
    found = {}
    for column in added:
        lowest, highest = (pl.col(column + suffix if kinds[column].get("bounded") else column).cast(pl.Float64) for suffix in (AT_LEAST, AT_MOST))
        room = CENT * pl.col(f"{column} rows").fill_null(0) if kinds[column]["kind"] == "number" else pl.lit(0)
        too_low = highest < pl.col(f"{column} least").fill_null(0) - room - CENT
        too_high = lowest > pl.col(f"{column} most").fill_null(0) + room + CENT
        found[column] = said.select((too_low | too_high).fill_null(value=False)).to_series()
    return found


def _all_fit(differing: dict[str, pl.Series]) -> pl.Series:
    return ~pl.DataFrame(differing).select(pl.any_horizontal(pl.all())).to_series()
