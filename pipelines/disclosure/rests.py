"""What a published total leaves over beside its published parts. Used by the protector only; the auditor has its own.

Where one cell of a published table has no figure (a rate without a known population, an area that a source leaves out), total
minus parts is the count of that cell. The rest is judged by its size, from published figures alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from pipelines.disclosure.lattice import GRAINS, PARTIAL_LEVEL, PSEUDO_AREAS, Table, can_be_summed

CATEGORIES = ("cat_a", "cat_b")


def add_absent_areas(cells: pl.DataFrame, ways: pl.DataFrame) -> pl.DataFrame:
    """Give every area that a table leaves out a row of state `afwezig`: a source that knows only gemeenten has no districts A, B, C."""
    areas = ways.filter((pl.col("level") == pl.col("up_level")) & ~pl.col("code").is_in(PSEUDO_AREAS)).select(level="level", area="code").unique()
    slots = cells.select("level", "grain", "period", "dim_a", "dim_b", "cat_a", "cat_b").unique(maintain_order=True)
    absent = slots.join(areas, on="level").join(cells, on=[*slots.columns, "area"], how="anti")
    return pl.concat([cells, absent.with_columns(state=pl.lit("afwezig"))], how="diagonal")


def small_rests(
    frames: Mapping[Table, pl.DataFrame],
    several: Collection[str],
    reached: Mapping[str, frozenset[str]],
    ways: pl.DataFrame,
    measures: list[pl.Expr],
    threshold: float,
    known: dict[tuple[Table, Table], bool],
) -> Iterator[frozenset[Table]]:
    """Pairs of published tables (total and parts) that leave a small rest. `known` remembers what was found of a pair: it does
    not depend on what else is published, and the protector asks again after each table that it withholds.

    frames: table → area, period, cat_a, cat_b, numerator, denominator, is_shown, is_harmless (its zero says nothing about a
    person: an area without a place, a cell that does not apply, a period of which nothing was delivered); measures: the counts.
    """
    for fine, parts in frames.items():
        for coarse, totals in frames.items():
            if not _is_one_step(coarse, fine) or not can_be_summed(coarse, fine, several, reached):
                continue
            if (fine, coarse) not in known:
                known[fine, coarse] = _leaves_small_rest(fine, parts, coarse, totals, ways, measures, threshold)
            if known[fine, coarse]:
                yield frozenset({fine, coarse})


def _leaves_small_rest(
    fine: Table, parts: pl.DataFrame, coarse: Table, totals: pl.DataFrame, ways: pl.DataFrame, measures: list[pl.Expr], threshold: float
) -> bool:
    # Haaglanden minus ABC is the rest of Haaglanden: some areas of no cell in this table, but persons all the same
    is_partial = fine.area_level == PARTIAL_LEVEL and coarse.area_level != PARTIAL_LEVEL
    if not is_partial and parts["is_shown"].all():
        return False
    keys = ["area", "period", *CATEGORIES[: len(coarse.dimensions)]]
    sums = (
        _lifted(parts, fine, coarse, ways)
        .with_columns(pl.col(CATEGORIES[fine.dimensions.index(name)]).alias(f"key_{k}") for k, name in enumerate(coarse.dimensions))
        .drop(CATEGORIES)
        .rename({f"key_{k}": CATEGORIES[k] for k in range(len(coarse.dimensions))})
        .group_by(keys)
        .agg(
            pl.col("numerator", "denominator").filter("is_shown").sum().name.suffix("_parts"),
            is_open=(~pl.col("is_shown")).any() | is_partial,
            may_be_zero=(pl.col("is_shown") | pl.col("is_harmless")).all() & (not is_partial),
        )
    )
    rests = totals.filter("is_shown").join(sums, on=keys).filter("is_open")
    rests = rests.with_columns(pl.col(name) - pl.col(f"{name}_parts") for name in ("numerator", "denominator"))
    low = pl.min_horizontal(measures) < threshold
    return bool(rests.select((low & ~(pl.col("may_be_zero") & (measures[-1] <= 0))).any()).item())


def _is_one_step(coarse: Table, fine: Table) -> bool:
    """One of area level, period grain and breakdown differs; longer ways are made of such steps."""
    return (coarse.area_level != fine.area_level) + (coarse.period_grain != fine.period_grain) + len(set(fine.dimensions) - set(coarse.dimensions)) == 1


def _lifted(cells: pl.DataFrame, fine: Table, coarse: Table, ways: pl.DataFrame) -> pl.DataFrame:
    """Rows of `fine` under the area and the period of `coarse` in which they lie."""
    if fine.area_level != coarse.area_level:
        up = ways.filter((pl.col("level") == fine.area_level) & (pl.col("up_level") == coarse.area_level)).select(area="code", up="up_code")
        cells = cells.join(up, on="area").with_columns(area="up").drop("up")
    if fine.period_grain == coarse.period_grain:
        return cells
    year, month = pl.col("period").str.slice(0, 4), pl.col("period").str.slice(5, 2).cast(pl.Int32, strict=False)
    quarter = pl.concat_str(year, pl.lit("Q"), ((month + 2) // 3).cast(pl.String))
    return cells.with_columns(period=year if coarse.period_grain == GRAINS[-1] else quarter)
