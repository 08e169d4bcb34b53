"""Which table can be summed from which: areas, periods and breakdowns from fine to coarse. Used by the protector only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import polars as pl

# The levels of house.md, each with every level that sums of it reach; areas passed in may add to this, never take away.
COARSER_LEVELS: dict[str, frozenset[str]] = {
    "regio": frozenset(),
    "zorgregio": frozenset({"regio"}),
    "abc": frozenset({"zorgregio", "regio"}),
    "district": frozenset({"abc", "zorgregio", "regio"}),
    "basisteam": frozenset({"district", "abc", "zorgregio", "regio"}),
    "gemeente": frozenset({"district", "abc", "zorgregio", "regio"}),
    "wijk": frozenset({"gemeente", "district", "abc", "zorgregio", "regio"}),
}
GRAINS = ("maand", "kwartaal", "jaar")
# Grains beside the calendar, each with the grains of which it is a sum. Within one of them areas and breakdowns add up as they do
# within years. Three years roll (2021/23, 2022/24): no single year follows from such sums, for 1 + x + x^2 divides no power of x.
BESIDE_CALENDAR: dict[str, tuple[str, ...]] = {"schooljaar": ("maand",), "drie_jaar": GRAINS}
PSEUDO_AREAS = ("onbekend", "elders")
# The level abc holds Den Haag alone: its cells are sums of others, but no other area is the sum of abc cells.
PARTIAL_LEVEL = "abc"


class Table(NamedTuple):
    """One table: an indicator at one area level, in one period grain, by at most two dimensions (none: the total)."""

    indicator_id: str
    area_level: str
    period_grain: str
    dimensions: tuple[str, ...]


def reached_levels(level: str, parents: pl.DataFrame) -> frozenset[str]:
    """Every level that areas of `level` can be summed to, by house rule or by the areas passed in."""
    reached, todo = set(COARSER_LEVELS.get(level, frozenset(COARSER_LEVELS))), [level]
    links: dict[str, set[str]] = {}
    for child, parent in parents.select("child_level", "parent_level").unique().iter_rows():
        links.setdefault(child, set()).add(parent)
    while todo:
        for up in links.get(todo.pop(), ()):
            if up not in reached:
                reached.add(up)
                todo.append(up)
    return frozenset(reached - {level})


def can_be_summed(coarse: Table, fine: Table, several: Collection[str], reached: Mapping[str, frozenset[str]]) -> bool:
    """True when `coarse` follows from `fine` by adding up areas, periods or single-valued categories."""
    if coarse == fine or coarse.indicator_id != fine.indicator_id:
        return False
    levels = coarse.area_level == fine.area_level or coarse.area_level in reached[fine.area_level]
    grains = GRAINS.index(coarse.period_grain) >= GRAINS.index(fine.period_grain)
    dropped = set(fine.dimensions) - set(coarse.dimensions)
    return levels and grains and set(coarse.dimensions) <= set(fine.dimensions) and not dropped & set(several)


def close(withheld: Iterable[Table], tables: Iterable[Table], several: Collection[str], reached: Mapping[str, frozenset[str]]) -> set[Table]:
    """`withheld` and every table from which one of them could be summed (the relation is transitive, so once is enough)."""
    start = set(withheld)
    return start | {table for table in tables if any(can_be_summed(coarse, table, several, reached) for coarse in start)}


def fineness(table: Table, reached: Mapping[str, frozenset[str]]) -> tuple[int, int, int]:
    """Orders tables so that one which can be summed to another comes out higher."""
    return (len(reached[table.area_level]) + len(table.dimensions) - GRAINS.index(table.period_grain), len(table.dimensions), len(reached[table.area_level]))


def ancestors(parents: pl.DataFrame) -> pl.DataFrame:
    """All ways up: level, code → up_level, up_code, each area itself included, `onbekend` and `elders` counting in the regio."""
    pairs = parents.unique()
    areas = pl.concat(
        [
            pairs.select(pl.col("child_level").alias("level"), pl.col("child_code").alias("code")),
            pairs.select(pl.col("parent_level").alias("level"), pl.col("parent_code").alias("code")),
        ]
    ).unique(maintain_order=True)
    ways = step = areas.with_columns(up_level=pl.col("level"), up_code=pl.col("code"))
    while step.height:
        step = (
            step.join(pairs, left_on=["up_level", "up_code"], right_on=["child_level", "child_code"])
            .select("level", "code", up_level="parent_level", up_code="parent_code")
            .unique()
            .join(ways, on=["level", "code", "up_level", "up_code"], how="anti")
        )
        ways = pl.concat([ways, step])
    levels = pl.DataFrame({"level": sorted({*COARSER_LEVELS, *areas["level"]} - {"regio"})})
    pseudo = levels.join(pl.DataFrame({"code": list(PSEUDO_AREAS)}), how="cross")
    regions = areas.filter(pl.col("level") == "regio").select(up_level="level", up_code="code")
    own = pseudo.with_columns(up_level=pl.col("level"), up_code=pl.col("code"))
    return pl.concat([ways, own, pseudo.join(regions, how="cross")]).unique()
