"""Does the proof of a release hold, and is it about the figures that went out? Read from its files alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.disclosure.check_worlds import check_blocks
from pipelines.disclosure.figures import ADDRESS, SHOWN, TABLE, Figures, address_texts, read_figures
from pipelines.disclosure.universe import BREAKDOWNS, each_universe, list_groups
from pipelines.release.elsewhere import with_elsewhere
from pipelines.release.layout import PROOF_TABLES


def proof_problems(folder: Path, values: pl.DataFrame, catalogue: Sequence[Mapping[str, Any]], audience: str) -> Iterator[str]:
    """Sentences on what is wrong with the proof in `folder` (the tables of `check_worlds`) of `values` (the 15 columns, as published).

    A figure about persons must have its counts in the proof, with the same value and published there; each must reach the threshold; what is
    withheld in a table that goes out must be in the proof too, and asks there the room of the threshold, unless a published count of as many as
    the threshold is of the same persons (Den Haag as gemeente and as ABC); and the worlds must leave it that. No sentence holds a figure.
    """
    tables = {name: pq.ParquetFile(folder / f"{name}.parquet").read() for name in PROOF_TABLES}
    yield from check_blocks(tables)
    columns = ("universe", "address", "state", "need", pl.col("count").alias("proved"), "same")
    proofs = _with_same(tables).select(columns).partition_by("universe", as_dict=True, include_key=False)
    nothing = pl.DataFrame(schema={"address": pl.String, "state": pl.String, "need": pl.Int64, "proved": pl.Int64, "same": pl.Int64})
    guarded = [entry for entry in catalogue if entry.get("person_related") is not False]
    for universe, rows, entries in each_universe(values, guarded):
        proof = proofs.get((universe,), nothing)
        told = with_elsewhere(None, rows.drop("row"), entries)
        for entry in entries:
            own = rows.filter(pl.col("indicator_id") == entry["indicator_id"]).drop("row")
            threshold = entry.get(f"threshold_{audience}") or 1
            checks = {**_shown_checks(own, entry, proof, threshold), **_withheld_checks(own, entry, proof, threshold, told)}
            yield from (f"{count} counts of {entry['indicator_id']} {sentence}" for sentence, count in checks.items() if count)
    in_none = values.filter(pl.col("state").is_in(SHOWN), pl.col("indicator_id").is_in([entry["indicator_id"] for entry in guarded]))
    if strange := in_none.join(list_groups(values, guarded), on=["indicator_id", *BREAKDOWNS], how="anti").height:
        yield f"{strange} figures about persons are shown of whom the catalogue does not say whom they count"


def _shown_checks(own: pl.DataFrame, entry: Mapping[str, Any], proof: pl.DataFrame, threshold: int) -> dict[str, int]:
    """How many counts are shown otherwise than they may be."""
    beside = _beside(read_figures(own, [entry]), proof)
    checks = {
        "are shown and stand in no proof": pl.col("state").is_null(),
        "are shown and withheld in the proof": pl.col("state") == "geheim",
        "are shown with another value than in the proof": pl.col("count") != pl.col("proved"),
        "are below the threshold and shown": pl.col("count") < threshold,
    }
    return beside.select(test.fill_null(value=False).sum().alias(sentence) for sentence, test in checks.items()).row(0, named=True)


def _withheld_checks(own: pl.DataFrame, entry: Mapping[str, Any], proof: pl.DataFrame, threshold: int, told: pl.DataFrame | None) -> dict[str, int]:
    """How many counts are withheld and not proved to keep their room. told: what others have published (see `with_elsewhere`): what is left of a
    whole without it needs no room where it is no small count."""
    withheld = own.with_columns(goes_out=pl.col("state").is_in(SHOWN).any().over(TABLE)).filter(pl.col("state") == "geheim").with_row_index("row")
    # the addresses that these figures would show, were they shown: their numbers are not there, and are not looked at
    figures = read_figures(withheld.drop("row", "goes_out").with_columns(state=pl.lit("waarde")), [entry])
    beside = _beside(figures, proof)
    in_tables = beside.join(figures.shown.join(withheld.filter("goes_out"), on="row", how="semi"), on="cell", how="semi")
    needs_none = _left_of_wholes(figures, beside, told, threshold) if told is not None else pl.Series(dtype=pl.UInt32)
    is_known = pl.col("cell").is_in(needs_none.implode()) | (pl.col("same") >= threshold).fill_null(value=False)
    asks_less = ~is_known & pl.col("is_guarded") & (pl.col("state") == "geheim") & (pl.col("need") < threshold - 1)
    return {
        "are withheld and the proof asks less room for them than the threshold": beside.select(asks_less.fill_null(value=False).sum()).item(),
        "are withheld in a table that goes out and stand in no proof": in_tables["state"].null_count(),
    }


def _with_same(tables: Mapping[str, pa.Table]) -> pl.DataFrame:
    """The cells of a proof, with `same`: the published count of a cell that adds up the same inner cells, null where none is published."""
    of_cell = ["universe", "block", "cell"]
    cells, inner = (pl.DataFrame(pl.from_arrow(tables[name])) for name in ("cells", "inner"))
    held = cells.join(inner.group_by(of_cell).agg(pl.col("inner").sort()), on=of_cell, how="left", maintain_order="left")
    published = pl.col("count").filter(pl.col("state") != "geheim").first()
    return held.with_columns(published.over("universe", "block", "inner").alias("same"))


def _left_of_wholes(figures: Figures, beside: pl.DataFrame, told: pl.DataFrame, threshold: int) -> pl.Series:
    """Counts that are withheld in a share of which others have published another, as far as what is published does not make them small."""
    known = beside.select("cell", *ADDRESS).join(told.select(*ADDRESS, told="count"), on=list(ADDRESS))
    of_share = figures.shown.join(known.select("cell", "told"), on="cell", how="left").join(beside.select("cell", "state", "proved"), on="cell")
    shares = of_share.with_columns(told=pl.col("told").max().over("row"), is_told=pl.col("told").is_not_null()).filter(pl.col("told").is_not_null())
    least = (pl.col("proved").filter(~pl.col("is_told")).max() - pl.col("told").max()).fill_null(threshold)
    return shares.filter(~pl.col("is_told"), least.over("row") >= threshold)["cell"].unique()


def _beside(figures: Figures, proof: pl.DataFrame) -> pl.DataFrame:
    """Counts with what the proof says of them."""
    return figures.counts.with_columns(address_texts(figures.counts)).join(proof, on="address", how="left", maintain_order="left")
