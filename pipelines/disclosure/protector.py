"""The protector, first version: a table with one small count is withheld whole, and so is every table that gives it away.

Rule (issue 2, step 5). For an indicator about persons, a table is one indicator, area level, period grain and breakdown.
1. A table with any count below the threshold is withheld whole; 0 to threshold - 1 are alike, for a zero beside a mark tells
   that the mark is not zero. A share has three counts: numerator, denominator and the rest.
2. A table from which a withheld one can be summed (finer areas, finer periods, one more single-valued breakdown) is withheld.
3. Where published tables still fix a small count by subtraction (Den Haag = region - other districts), the finest of the
   published tables involved is withheld too, until nothing follows.
4. What the professional may not see, the public may not see either.
Whatever the catalogue does not say plainly is taken as a reason to withhold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from pipelines.disclosure.lattice import BESIDE_CALENDAR, COARSER_LEVELS, GRAINS, PSEUDO_AREAS, Table, ancestors, close, fineness, reached_levels
from pipelines.disclosure.rests import add_absent_areas, small_rests
from pipelines.disclosure.subtraction import Situation, area_relations, fixed_tables

AUDIENCES = ("professional", "publiek")
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
SHOWN = ("waarde", "voorlopig", "nihil")
EMPTY = ("onbekend",)  # not nvt: a share of nothing says that nobody is there
KEY = ("level", "area", "grain", "period", "dim_a", "dim_b", "cat_a", "cat_b")


def protect(values: pl.DataFrame, policy: Sequence[Mapping[str, Any]], audience: str, parents: pl.DataFrame) -> pl.DataFrame:
    """`values` as an audience may see them: `withhold` of its `withheld_tables`. Raises ValueError for an unknown audience."""
    return withhold(values, withheld_tables(values, policy, audience, parents))


def withhold(values: pl.DataFrame, tables: frozenset[Table]) -> pl.DataFrame:
    """`values` (the 15 columns of a release) with state `geheim` and five nulls in every cell of `tables`; rows keep their order.

    A withheld table shows no zeros, no share of nothing and no unknown cells, for these would tell which cells are small. One sign
    stays, because it says nothing about a count: `onbekend` where an area and period has no figure in any table of that
    indicator, level and grain (no delivery came: the list of deliveries says so too).
    """
    names = pl.Series([f"{table.indicator_id}\x1f{_name(table)}" for table in sorted(tables)], dtype=pl.String)
    cells = _canonical(values).with_columns(
        secret=pl.concat_str("indicator_id", _table_name(), separator="\x1f").is_in(names.implode()), keeps_sign=_keeps_sign()
    )
    hide = cells["secret"] & ~cells["keeps_sign"]
    shown = cells["state"].is_in(SHOWN) & ~hide
    return values.with_columns(
        pl.when(hide).then(pl.lit("geheim")).otherwise(pl.col("state")).alias("state"),
        *(pl.when(shown).then(pl.col(name)).alias(name) for name in NUMBERS),
    )


def withheld_tables(
    values: pl.DataFrame, policy: Sequence[Mapping[str, Any]], audience: str, parents: pl.DataFrame, before: frozenset[Table] | None = None
) -> frozenset[Table]:
    """The tables of `values` that an audience may not see. Raises ValueError for an unknown audience.

    policy: catalogue entries with indicator_id, person_related, per, threshold_professional, threshold_publiek and breakdowns
    (a several-valued one ends in `*`); parents: child_level, child_code, parent_level, parent_code (see `area_parents`);
    before: what the audience before this one may not see of the same values, where that is known already.
    """
    if audience not in AUDIENCES:
        raise ValueError(f"unknown audience {audience!r}: one of {', '.join(AUDIENCES)}")
    entries: dict[str, list[Mapping[str, Any]]] = {}
    for entry in policy:
        entries.setdefault(str(entry.get("indicator_id")), []).append(entry)
    ways = ancestors(parents)
    found: set[Table] = set()
    for (indicator_id,), cells in _canonical(values).partition_by("indicator_id", as_dict=True, maintain_order=True).items():
        known = entries.get(str(indicator_id), [])
        if len(known) == 1 and known[0].get("person_related") is False:
            continue
        entry = known[0] if len(known) == 1 else {}
        withheld = {table for table in before or () if table.indicator_id == indicator_id}
        for step in AUDIENCES[: AUDIENCES.index(audience) + 1] if before is None else (audience,):
            for grain, finer in BESIDE_CALENDAR.items():
                own = _withheld_beside(cells, str(indicator_id), entry, step, withheld, ways, parents, grain)
                withheld |= own | {table._replace(period_grain=each) for table in own for each in finer}
            calendar = cells.filter(~pl.col("grain").is_in(list(BESIDE_CALENDAR)))
            withheld |= _withheld(calendar, str(indicator_id), entry, step, {table for table in withheld if table.period_grain in GRAINS}, ways, parents)
        found |= withheld
    return frozenset(found)


def _withheld_beside(
    cells: pl.DataFrame,
    indicator_id: str,
    entry: Mapping[str, Any],
    audience: str,
    before: set[Table],
    ways: pl.DataFrame,
    parents: pl.DataFrame,
    grain: str,
) -> set[Table]:
    """The tables of one grain beside the calendar, judged by themselves as if each of its periods were a year."""
    own = cells.filter(pl.col("grain") == grain)
    if own.is_empty():
        return set()
    as_years = {table._replace(period_grain="jaar") for table in before if table.period_grain == grain}
    found = _withheld(own.with_columns(grain=pl.lit("jaar")), indicator_id, entry, audience, as_years, ways, parents)
    return {table._replace(period_grain=grain) for table in found}


def _withheld(
    cells: pl.DataFrame, indicator_id: str, entry: Mapping[str, Any], audience: str, before: set[Table], ways: pl.DataFrame, parents: pl.DataFrame
) -> set[Table]:
    tables = {_table(indicator_id, *key) for key in cells.select("level", "grain", "dim_a", "dim_b").unique().iter_rows()}
    threshold = entry.get(f"threshold_{audience}")
    if entry.get("person_related") is not True or not isinstance(threshold, int | float) or isinstance(threshold, bool) or not threshold > 0:
        return tables
    breakdowns = [str(name) for name in entry.get("breakdowns") or []]
    several = {name.removesuffix("*") for name in breakdowns if name.endswith("*")} - _constant_dimensions(cells)  # one form alone is the total
    declared = {name.removesuffix("*") for name in breakdowns}
    per = entry.get("per")
    reached = {level: reached_levels(level, parents) for level in {table.area_level for table in tables}}
    unplaced = {t for t in tables if t.period_grain not in GRAINS or not set(t.dimensions) <= declared or len(set(t.dimensions)) != len(t.dimensions)}
    unplaced |= {table for table in tables if table.area_level not in COARSER_LEVELS}
    small = cells.filter(_is_small(_counts(per), float(threshold)) | pl.struct(KEY).is_duplicated())
    withheld = before | unplaced | {_table(indicator_id, *key) for key in small.select("level", "grain", "dim_a", "dim_b").unique().iter_rows()}
    placed, judged = tables - unplaced, None
    # nothing is given away where nothing is left
    while not placed <= (withheld := withheld | close(withheld - unplaced, placed, several, reached)):
        judged = judged or _Judged(cells, placed, frozenset(several), reached, ways, _counts(per), float(threshold))
        if not (extra := judged.give_away(withheld)):
            break
        # the finest one involved: the region's total is the last to go
        withheld |= {max(tables, key=lambda table: (fineness(table, reached), table)) for tables in extra}
    return withheld


class _Judged:
    """The placed tables of one indicator, to be asked which published ones give a withheld or missing count away."""

    def __init__(
        self,
        cells: pl.DataFrame,
        tables: set[Table],
        several: frozenset[str],
        reached: Mapping[str, frozenset[str]],
        ways: pl.DataFrame,
        measures: list[pl.Expr],
        threshold: float,
    ) -> None:
        self.several, self.reached, self.ways, self.measures, self.threshold = several, reached, ways, measures, threshold
        self.names = {_name(table): table for table in tables}
        self.rests: dict[tuple[Table, Table], bool] = {}
        no_delivery = ((pl.col("state") == "onbekend").all()).over("table", "period")
        self.cells = (
            add_absent_areas(cells.with_columns(keeps_sign=_keeps_sign()).filter(pl.col("grain").is_in(GRAINS)), ways)
            .with_columns(table=_table_name(), year=pl.col("period").str.slice(0, 4))
            .filter(pl.col("table").is_in(list(self.names)))
            .with_columns(
                is_shown=pl.col("state").is_in(SHOWN),
                is_hidden=~pl.col("keeps_sign"),
                is_harmless=pl.col("area").is_in(PSEUDO_AREAS) | (pl.col("state") == "afwezig") | no_delivery,
            )
        )
        self.relations = area_relations(ways, set(self.cells.filter(pl.col("state") != "afwezig").select("level", "area").unique().iter_rows()))
        self.frames = {self.names[str(name)]: frame for (name,), frame in self.cells.partition_by("table", as_dict=True, maintain_order=True).items()}
        columns = ["year", "table", "area", "grain", "period", "is_shown"]
        self.areas = self.cells.filter(pl.col("is_shown") | (pl.col("is_hidden") & (pl.col("state") != "afwezig"))).select(columns).unique(maintain_order=True)

    def give_away(self, withheld: set[Table]) -> set[frozenset[Table]]:
        """Groups of published tables that together give something away; withholding one of each group is called for."""
        published = {table: frame for table, frame in self.frames.items() if table not in withheld}
        found = set(small_rests(published, self.several, self.reached, self.ways, self.measures, self.threshold, self.rests))
        for situation, hidden in self._situations(withheld):
            found |= {tables for _, tables in fixed_tables(situation, hidden, self.relations, self.several) if tables}
        return found

    def _situations(self, withheld: set[Table]) -> Iterator[tuple[Situation, dict[Table, frozenset[str]]]]:
        """Per set of tables that some years have in common (one that starts in 2023 says nothing about 2022): what is shown and hidden."""
        years = self.areas.group_by("year").agg(pl.col("table").unique().sort()).sort("year")
        constant = _constant_dimensions(self.cells)
        for group in years.partition_by("table", maintain_order=True):
            rows = self.areas.filter(pl.col("year").is_in(group["year"].implode()))
            areas = rows.group_by("table").agg(pl.col("area").unique(), shown=pl.col("area").filter("is_shown").unique())
            shown = {self.names[table]: frozenset(codes) for table, _, codes in areas.iter_rows() if self.names[table] not in withheld}
            hidden = {self.names[table]: frozenset(codes) for table, codes, _ in areas.iter_rows() if self.names[table] in withheld}
            yield Situation(shown, constant, _constant_grains(rows)), hidden


def _keeps_sign() -> pl.Expr:
    """Cells that keep their sign in a withheld table (see `protect`)."""
    return (pl.col("state") == "onbekend").all().over("indicator_id", "level", "area", "grain", "period")


def _constant_dimensions(cells: pl.DataFrame) -> frozenset[str]:
    """Dimensions of which only one category occurs: such a breakdown repeats the total."""
    both = pl.concat([cells.select(dim=f"dim_{k}", cat=f"cat_{k}") for k in "ab"])
    return frozenset(both.group_by("dim").agg(pl.col("cat").n_unique()).filter((pl.col("cat") == 1) & (pl.col("dim") != "totaal"))["dim"])


def _constant_grains(rows: pl.DataFrame) -> frozenset[int]:
    """1 when some year has a single quarter, 2 when some quarter has a single month: then the finer figure is the coarser one."""
    month = pl.col("period").str.slice(5, 2).cast(pl.Int32, strict=False)
    quarter = (
        pl.when(pl.col("grain") == "maand").then(((month + 2) // 3).cast(pl.String)).when(pl.col("grain") == "kwartaal").then(pl.col("period").str.slice(5, 1))
    )
    periods = rows.filter(pl.col("grain") != "jaar").select("year", "grain", "period", quarter=quarter).unique()
    quarters = periods.group_by("year").agg(pl.col("quarter").n_unique())["quarter"]
    months = periods.filter(pl.col("grain") == "maand").group_by("year", "quarter").len()["len"]
    return frozenset(k for k, counts in ((1, quarters), (2, months)) if (counts == 1).any())


def _counts(per: object) -> list[pl.Expr]:
    """The counts of persons in a cell. A share or a mean divides by a count of cases; a rate per 1,000 or more by the public population."""
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    if per is None or (isinstance(per, int | float) and per > 100):
        return [numerator]
    return [numerator, denominator - numerator, denominator] if per == 100 else [numerator, denominator]


def _is_small(counts: list[pl.Expr], threshold: float) -> pl.Expr:
    """A cell that makes its table withheld: a small count, or a count that cannot be judged."""
    bad = pl.any_horizontal(*(count.is_null() | count.is_nan() | (count < threshold) | (count != count.round()) | (count > 1e12) for count in counts))
    return pl.when(pl.col("state").is_in(SHOWN)).then(bad).otherwise(~pl.col("state").is_in(EMPTY)).fill_null(True)


def _canonical(values: pl.DataFrame) -> pl.DataFrame:
    """Short names, and the two dimensions in alphabetical order with the real one first, so that one table has one name."""
    swap = (pl.col("dimension_1") == "totaal") | ((pl.col("dimension_2") != "totaal") & (pl.col("dimension_2") < pl.col("dimension_1")))
    return values.select(
        "indicator_id",
        level="area_level",
        area="area_code",
        grain="period_grain",
        period="period",
        dim_a=pl.when(swap).then("dimension_2").otherwise("dimension_1"),
        cat_a=pl.when(swap).then("category_2").otherwise("category_1"),
        dim_b=pl.when(swap).then("dimension_1").otherwise("dimension_2"),
        cat_b=pl.when(swap).then("category_1").otherwise("category_2"),
        state="state",
        numerator="numerator",
        denominator="denominator",
    )


def _table(indicator_id: str, level: str, grain: str, dim_a: str, dim_b: str) -> Table:
    return Table(indicator_id, level, grain, tuple(name for name in (dim_a, dim_b) if name != "totaal"))


def _name(table: Table) -> str:
    return "\x1f".join((table.area_level, table.period_grain, *(*table.dimensions, "totaal", "totaal")[:2]))


def _table_name() -> pl.Expr:
    return pl.concat_str("level", "grain", "dim_a", "dim_b", separator="\x1f")
