"""What differs between two tables that should hold the same rows."""

from __future__ import annotations

from pathlib import Path

import polars as pl

# An engine may sum, divide or take a root in another order, and each step can differ by one unit in the last place (1e-16);
# a wrong figure differs by far more than this.
RELATIVE = 1e-9


def read_table(path: Path) -> pl.DataFrame:
    """A mart from a Parquet file (DuckDB's) or from a folder of them (Spark's table)."""
    return pl.read_parquet(path / "*.parquet" if path.is_dir() else path)


def difference(expected: pl.DataFrame, found: pl.DataFrame) -> str | None:
    """The first thing in which the tables differ as multisets of rows, or None; names column and count, never a row.

    Floats are equal within RELATIVE, all else exactly; names, order and types of the columns count too. Rows are paired in
    sorted order, floats rounded to 6 digits first and last in the order, so that a difference in a last place moves no row.
    """
    if expected.schema != found.schema:
        return f"columns differ: {sorted(set(expected.schema.items()) ^ set(found.schema.items()), key=str)}"
    if expected.height != found.height:
        return f"{expected.height} rows, and {found.height}"
    floats = [name for name, kind in expected.schema.items() if kind.is_float()]
    order = [pl.col(name) for name in expected.columns if name not in floats] + [pl.col(name).round_sig_figs(6) for name in floats]
    one, other = (table.sort(order, nulls_last=True) for table in (expected, found))
    for name in expected.columns:
        equal = one[name].eq_missing(other[name])
        if name in floats:
            equal = equal | ((one[name] - other[name]).abs() <= RELATIVE * one[name].abs()).fill_null(value=False)
        if not equal.all():
            return f"{name} differs in {(~equal).sum()} of {expected.height} rows"
    return None
