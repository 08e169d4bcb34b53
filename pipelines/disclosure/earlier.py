"""What earlier releases told of the counts of this one."""

from __future__ import annotations

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.figures import ADDRESS, Figures


def recall(counts: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """Counts with `is_public` (shown earlier with this value), `was_withheld` (had this value and was not shown), `has_changed` and `is_elsewhere`
    (others have published it, with this value)."""
    if known is None:
        return counts.with_columns(pl.lit(value=False).alias(name) for name in ("is_public", "was_withheld", "has_changed", "is_elsewhere"))
    if "is_elsewhere" not in known.columns:
        known = known.with_columns(is_elsewhere=pl.lit(value=False))
    same = known.group_by(*ADDRESS, "count").agg(pl.col("is_shown", "is_elsewhere").any())
    had = known.select(*ADDRESS, was_known=pl.lit(value=True)).unique()
    beside = counts.join(same, on=[*ADDRESS, "count"], how="left", maintain_order="left").join(had, on=list(ADDRESS), how="left", maintain_order="left")
    is_shown, was_known = pl.col("is_shown"), pl.col("was_known").fill_null(value=False)
    return beside.select(
        *counts.columns,
        is_public=is_shown.fill_null(value=False),
        was_withheld=~is_shown.fill_null(value=True),
        has_changed=was_known & is_shown.is_null(),
        is_elsewhere=pl.col("is_elsewhere").fill_null(value=False),
    )


def unguard(figures: Figures) -> Figures:
    """What is left of a whole without a part that others have published needs no room where it reaches the threshold: it is large, and in a share
    withheld for that part alone. figures: with `threshold` and `is_elsewhere` in its counts."""
    beside = figures.shown.join(figures.counts.select("cell", "count", "threshold", "is_elsewhere"), on="cell")
    of_share = beside.filter(pl.col("is_elsewhere").any().over("row"), pl.col("count") < pl.col("count").max().over("row"))
    left = of_share.filter(~pl.col("is_elsewhere"), pl.col("count") >= pl.col("threshold"))["cell"].unique()
    return figures._replace(counts=figures.counts.with_columns(is_guarded=pl.col("is_guarded") & ~pl.col("cell").is_in(left.implode())))


def follow(equations: sp.csr_matrix, public: np.ndarray) -> np.ndarray:
    """Which counts follow from public ones by one sum after another: of each sum the last one."""
    known = public.copy()
    if not public.any():
        return known
    size = np.diff(equations.indptr)
    members = abs(equations)
    while (last := np.flatnonzero(size - members @ known == 1)).size:
        known |= np.asarray(members[last].sum(axis=0)).ravel() > 0
    return known
