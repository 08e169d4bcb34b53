"""What the newest figures would change in a release, per indicator and area: counts of cells, and never a figure."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipelines.release.errors import UnknownRelease
from pipelines.release.layout import FIGURES, KEY
from pipelines.release.store import read_values

AREA = ("indicator_id", "area_level", "area_code")
COUNTED = ("new", "gone", "changed", "became_final")
SMALLEST = 20  # persons or cases: a change is told of larger figures only, so that no count that may be withheld follows from it


def diff_summary(mart: pl.DataFrame, released: pl.DataFrame) -> pl.DataFrame:
    """One row per indicator and area with a difference: indicator_id, area_level, area_code; numbers of cells that are `new`
    (the release has no such cell), `gone` (it shows a figure, and there is none now), `changed` and `became_final` (voorlopig
    before, with the same figure); and `largest_change`, relative to what was shown, in whole hundredths.

    Both frames have the columns of values.parquet; `mart` may be unprotected or a later release. Cells that the release
    shows without a number (withheld, above all) are passed over, and a change is only measured where both counts are at
    least 20, or where figures rest on no count (a survey).
    """
    old, now = (
        frame.select(*KEY, *(pl.col(name).alias(f"{side}_{name}") for name in ("state", "value", "numerator")))
        for side, frame in (("old", released), ("now", mart))
    )
    told, known = (pl.col(f"{side}_state").is_in(FIGURES).fill_null(value=False) for side in ("old", "now"))
    other = told & known & (pl.col("now_value") != pl.col("old_value"))
    least = pl.min_horizontal("old_numerator", "now_numerator")
    change = (pl.col("now_value") - pl.col("old_value")) / pl.col("old_value").abs()
    cells = old.join(now, on=list(KEY), how="full", coalesce=True).select(
        *AREA,
        (pl.col("old_state").is_null() & known).alias("new"),
        (told & ~known).alias("gone"),
        other.alias("changed"),
        (told & known & ~other & (pl.col("old_state") == "voorlopig") & (pl.col("now_state") != "voorlopig")).alias("became_final"),
        pl.when(other & (least >= SMALLEST).fill_null(pl.col("old_numerator").is_null()) & (pl.col("old_value") != 0)).then(change).alias("change"),
    )
    summary = cells.group_by(AREA).agg(pl.col(COUNTED).sum().cast(pl.Int64), _largest("change"))
    return summary.filter(pl.sum_horizontal(COUNTED) > 0).sort(AREA)


def summarise_changes(releases: Path, marts: Path, old: str | None = None, new: str | None = None, *, by: str = "indicator") -> pl.DataFrame:
    """`diff_summary` of release `old` and `new` (default: the current one); without `old` of the current release and the
    newest marts. `by` is area, or indicator: folded over the areas of each. Raises UnknownRelease and ReleaseDamaged."""
    if old is None:
        released = read_values(releases)
        if not marts.exists():
            raise UnknownRelease("there are no newer figures: run `ketenmonitor run`")
        summary = diff_summary(pl.read_parquet(marts / "mart_indicators"), released)
    else:
        summary = diff_summary(read_values(releases, new), read_values(releases, old))
    if by == "area":
        return summary
    return summary.group_by("indicator_id").agg(pl.col(COUNTED).sum(), _largest("largest_change")).sort("indicator_id")


def _largest(name: str) -> pl.Expr:
    """The change furthest from 0, null where there is none."""
    changes = pl.col(name).drop_nulls()
    return changes.get(changes.abs().arg_max(), null_on_oob=True).round(2).alias("largest_change")
