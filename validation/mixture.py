"""How surprising it is how the newest whole divides into its parts, given how it divided before: pure, small-number aware.

Pearson's chi-square for two samples (1900) of the newest period beside its past, over parts of which at least five cases are
expected; the rest is one part. What comes in groups or shifts slowly gives more than chance does: how much, the same
statistic of the earlier periods tells. The score is the statistic in standard deviations (Wilson and Hilferty, 1931).
"""

from __future__ import annotations

import polars as pl

from validation.plausibility import WINDOW

LEAST_EXPECTED = 5.0  # cases (Cochran, 1954): below it Pearson's statistic has a longer tail than the chi-square distribution
FEWEST_PERIODS = 4  # of the past: fewer do not tell how much a composition moves
OTHER = "\x00"  # the part of all that is rare; no word of a partner


def score_mixture(cells: pl.DataFrame, whole: list[str], part: str = "part") -> pl.DataFrame:
    """One row per whole with a figure in its newest period and a past of at least four: `whole`, period, `score` (0 or more)
    and `worst` (the part that departs most) with `worst_is_more`.

    `cells` has `whole` (columns of text), period_grain, period, `part` and numerator (0 where a part had none); a part that
    is absent counts as 0.
    """
    counts = cells.group_by(*whole, "period_grain", "period", part).agg(pl.col("numerator").sum().alias("n"))
    age = pl.col("period").rank("dense", descending=True).over(*whole) - 1
    window = pl.col("period_grain").replace_strict(WINDOW, default=8, return_dtype=pl.Int64)
    counts = counts.with_columns(age.alias("age")).filter(pl.col("age") <= window)
    periods = counts.group_by(*whole, "period", "age").agg(pl.col("n").sum().alias("period_sum")).filter(pl.col("period_sum") > 0)
    past = counts.filter(pl.col("age") > 0).group_by(*whole, part).agg(pl.col("n").sum().alias("past"))
    parts = counts.select(*whole, part).unique().join(past, on=[*whole, part], how="left").with_columns(pl.col("past").fill_null(0.0))
    parts = parts.with_columns((pl.col("past") / pl.col("past").sum().over(*whole)).alias("share"), pl.col("past").sum().over(*whole).alias("past_sum"))
    grid = periods.join(parts, on=whole).join(counts.select(*whole, "period", part, "n"), on=[*whole, "period", part], how="left")
    grid = grid.filter(pl.col("past_sum") > 0).with_columns(pl.col("n").fill_null(0.0), (pl.col("share") * pl.col("period_sum")).alias("expected"))
    tested = _statistic(grid, whole, part)
    spread = (
        tested.filter(pl.col("age") > 0, pl.col("freedom") > 0)
        .group_by(whole)
        .agg(_without_oddest(pl.col("x2") / pl.col("freedom")), pl.len().alias("past_periods"))
    )
    now = tested.filter(pl.col("age") == 0, pl.col("freedom") > 0).join(spread, on=whole).filter(pl.col("past_periods") >= FEWEST_PERIODS)
    cube, ninth = (pl.col("x2") / pl.col("dispersion") / pl.col("freedom")).pow(1 / 3), 2 / (9 * pl.col("freedom"))
    return now.select(*whole, "period", ((cube - (1 - ninth)) / ninth.sqrt()).alias("score"), "worst", "worst_is_more")


def _statistic(grid: pl.DataFrame, whole: list[str], part: str) -> pl.DataFrame:
    """Chi-square `x2` and degrees of freedom of each period of each whole."""
    here = [*whole, "period", "age"]
    rare = pl.when(pl.col("expected") < LEAST_EXPECTED).then(pl.lit(OTHER)).otherwise(pl.col(part))
    merged = grid.with_columns(rare.alias(part)).group_by(*here, part).agg(pl.col("n", "expected").sum(), pl.col("period_sum", "past_sum").first())
    # A past period is itself a part of the past, which makes its statistic smaller, and the newest is not, which makes its larger.
    ratio = pl.col("period_sum") / pl.col("past_sum")
    variance = pl.col("expected").clip(lower_bound=LEAST_EXPECTED) * pl.when(pl.col("age") == 0).then(1 + ratio).otherwise((1 - ratio).clip(lower_bound=0.1))
    step = pl.col("n") - pl.col("expected")
    merged = merged.with_columns((step.pow(2) / variance).alias("x2"), step.alias("step"))
    return merged.group_by(here).agg(
        pl.col("x2").sum(),
        (pl.len() - 1).cast(pl.Float64).alias("freedom"),
        pl.col(part).sort_by("x2").last().alias("worst"),
        (pl.col("step").sort_by("x2").last() > 0).alias("worst_is_more"),
    )


def _without_oddest(ratio: pl.Expr) -> pl.Expr:
    """The mean of the past without its oddest tenth (one at least), at least 1: one old fault does not excuse a new one."""
    return ratio.sort().head((pl.len() * 0.9).floor().cast(pl.Int64)).mean().clip(lower_bound=1).alias("dispersion")
