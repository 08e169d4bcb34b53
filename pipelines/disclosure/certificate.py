"""The certificate as tables: what `check_worlds` reads, so that an outsider redoes the additions without our code."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from pipelines.disclosure.model import Cells, Facts


def certificate_tables(cells: Cells, counts: np.ndarray, published: np.ndarray, need: np.ndarray, worlds: np.ndarray) -> dict[str, pa.Table]:
    """Tables cells, inner, worlds, facts and limits (columns as `check_worlds` says) of an assured release.

    counts: read for published cells only. worlds: int64, worlds x inner cells. Nothing in the tables comes from a withheld count.
    """
    numbers = np.arange(len(counts))
    held = cells.inner.tocoo()
    world, inner = np.nonzero(worlds + (np.cumsum(worlds == 0, axis=1) == worlds.shape[1]))  # a world of nobody has a row too
    facts = cells.facts.rows.tocoo()
    return {
        "cells": pa.table(
            {
                "cell": pa.array(numbers, pa.int64()),
                "address": pa.array([cells.name(int(cell)) for cell in numbers], pa.string()),
                "state": pa.array(np.where(published, "waarde", "geheim"), pa.string()),
                # a masked number stays in Arrow's buffer, so the withheld ones are taken out before
                "count": pa.array(np.where(published, counts, 0).astype(np.int64), pa.int64(), mask=~published),
                "need": pa.array(np.where(published, 0, need), pa.int64()),
            }
        ),
        "inner": _table(cell=held.row, inner=held.col),
        "worlds": _table(world=world, inner=inner, count=worlds[world, inner]),
        "facts": _table(fact=facts.row, inner=facts.col, factor=facts.data),
        "limits": _limits(cells.facts),
    }


def _table(**columns: np.ndarray) -> pa.Table:
    return pa.table({name: pa.array(values.astype(np.int64), pa.int64()) for name, values in columns.items()})


def _limits(facts: Facts) -> pa.Table:
    """Whole numbers, since the sums are: the least above the lower limit and the most below the upper one."""
    used = sp.csr_matrix(facts.rows)
    number = np.flatnonzero(np.diff(used.indptr))
    sides = {"lower": np.ceil(facts.lower[number]), "upper": np.floor(facts.upper[number])}
    limits = {name: pa.array(np.where(np.isfinite(side), side, 0).astype(np.int64), mask=~np.isfinite(side)) for name, side in sides.items()}
    return pa.table({"fact": pa.array(number, pa.int64()), **limits})
