"""Counts withheld by lot, so that no withheld count tells why it is withheld.

What is withheld is chosen from the counts. Who knows the method can try it on every world that agrees with what is published, and strike out those
that could not have led to this choice (the minimality attack: Wong, Fu, Wang and Pei 2007): often those in which a count is not small. With a lot
among all counts none can be struck out: where it draws the large ones of such a world, the choice is the same, for what is withheld keeps its room
by what is published alone. That shows what is possible, not how likely it is.

The larger a count, the smaller its chance, by the square: with one chance for all, of 1 in 200, the sample's release showed 12,337 figures for
22,946 without a lot, since whatever adds up to a drawn total had to go too; so it shows 23,019.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import polars as pl

from pipelines.disclosure.figures import TABLE, Figures, address_texts
from pipelines.disclosure.suppression import Wish


def add_decoys(wish: Wish, counts: np.ndarray, threshold: int, chance: float, rng: np.random.Generator) -> Wish:
    """The same wish, with cells withheld by lot that are not public: one at the threshold with this chance."""
    drawn = rng.random(len(counts)) * _times(counts, threshold) < chance
    return wish._replace(primary=wish.primary | (drawn & ~wish.public))


def drawn_rows(rows: pl.DataFrame, figures: Figures, seed: int) -> pl.Series:
    """Numbers of the rows that a lot withholds.

    rows: as `figures.rows`, with `deepest` and `decoys` (the chance of a count at the threshold); figures: with `threshold` and `is_public` in its
    counts, for what was shown before is not drawn; seed: secret. A count has one lot in all releases with the same seed. A table that goes out whole
    or not at all has one for all its figures, with the chance of its smallest, or hardly any would ever go out.
    """
    open_ = figures.counts.filter(~pl.col("is_public"))
    times = pl.Series("times", _times(open_["count"].to_numpy(), open_["threshold"].to_numpy()))
    lots = open_.select("cell", times, lot=times * _lots(address_texts(open_), seed))
    each = rows.join(figures.shown.join(lots, on="cell").group_by("row").agg(pl.col("lot", "times").min()), on="row")
    tables = each.group_by(TABLE, maintain_order=True).agg(pl.col("times").min())
    whole = tables.select(*TABLE, whole=pl.col("times") * _lots(tables.select(pl.concat_str(TABLE, separator=" ")).to_series(), seed))
    lot = pl.when(pl.col("depth") > pl.col("deepest")).then("whole").otherwise("lot")
    return each.join(whole, on=list(TABLE)).filter(lot < pl.col("decoys"))["row"]


def _times(counts: np.ndarray, threshold: int | np.ndarray) -> np.ndarray:
    """By how much a count is less likely to be drawn than one at the threshold."""
    return np.maximum(counts / threshold, 1) ** 2


def _lots(names: pl.Series, seed: int) -> pl.Series:
    """A number from 0 to 1 of each name; without the seed nobody can redo it."""
    key = seed.to_bytes(32)
    return pl.Series("lot", [int.from_bytes(blake2b(name.encode(), key=key, digest_size=8).digest()) / 2**64 for name in names], dtype=pl.Float64)
