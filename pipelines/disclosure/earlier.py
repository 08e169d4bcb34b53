"""What earlier releases told of the counts of this one."""

from __future__ import annotations

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.figures import ADDRESS


def recall(counts: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """Counts with `is_public` (shown earlier with this value), `was_withheld` (had this value and was not shown) and `has_changed`."""
    if known is None:
        return counts.with_columns(is_public=pl.lit(value=False), was_withheld=pl.lit(value=False), has_changed=pl.lit(value=False))
    same = known.group_by(*ADDRESS, "count").agg(pl.col("is_shown").any())
    had = known.select(*ADDRESS, was_known=pl.lit(value=True)).unique()
    beside = counts.join(same, on=[*ADDRESS, "count"], how="left", maintain_order="left").join(had, on=list(ADDRESS), how="left", maintain_order="left")
    is_shown, was_known = pl.col("is_shown"), pl.col("was_known").fill_null(value=False)
    return beside.select(
        *counts.columns, is_public=is_shown.fill_null(value=False), was_withheld=~is_shown.fill_null(value=True), has_changed=was_known & is_shown.is_null()
    )


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
