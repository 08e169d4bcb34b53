"""Draws for deliveries of one row per case: categories by their shares, days by the month, and case numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipelines.sample.allocation import Real, Whole

MONTHS = np.array([0.085, 0.08, 0.09, 0.085, 0.085, 0.085, 0.07, 0.065, 0.09, 0.095, 0.09, 0.08])  # the summer is quiet


def draw(shares: Mapping[str, float], size: int, generator: np.random.Generator) -> pl.Series:
    """`size` categories, each drawn by the shares."""
    weights = np.array(list(shares.values()))
    return pl.Series(list(shares), dtype=pl.String).gather(generator.choice(len(weights), size, p=weights / weights.sum()))


def draw_days(year: int, a_month: Real, generator: np.random.Generator) -> pl.Series:
    """Days of a year in order, about as many in each month as `a_month` (twelve numbers) says."""
    amounts: Whole = generator.poisson(a_month)
    month = pl.Series(np.repeat(np.arange(1, 13), amounts), dtype=pl.Int64)
    start = pl.select(pl.date(year, pl.lit(month), 1)).to_series()
    day = (generator.random(len(month)) * start.dt.month_end().dt.day().to_numpy()).astype(np.int64)
    return (start + pl.Series(day * 86_400_000, dtype=pl.Duration("ms"))).sort().alias("datum")


def case_numbers(prefix: str, year: int, number: pl.Series) -> pl.Series:
    """`AVIM-2023-00042`: numbers that say nothing about a person."""
    return pl.Series(f"{prefix}-{year}-" + number.cast(pl.String).str.zfill(5))
