"""How counts add up, as facts that everybody knows: over areas, over periods, over the categories of a breakdown.

Where parts make up a whole, an equation; where a person can be in several parts (a year and its quarters, a form of exploitation), the
whole is at least the largest part and at most their sum. Parts that have no figure are a count of their own, the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.figures import ADDRESS, AREA_STEPS, NO_AREA, PLACE
from pipelines.disclosure.model import Facts
from pipelines.disclosure.universe import ALL, Categories, Terms, read_terms, write_terms

FINER_PERIODS = (("jaar", "kwartaal", 4), ("kwartaal", "maand", 3), ("drie_jaar", "jaar", 3))
ABC_PARTS = ("A", "B", "C")  # districts that a source with only gemeenten cannot tell apart


class Sums:
    """Counts and, after them, rests, with the facts over both (`facts`): of each its `values`, whether it `is_guarded` (a rest without area or
    of unknown area is not) and its place in `addresses` (the columns of ADDRESS; a rest has a number)."""

    def __init__(self, counts: pl.DataFrame, parents: pl.DataFrame, *, several: Collection[str], additivity: str) -> None:
        """counts: as in `Figures`; parents: child_level, child_code, parent_level, parent_code; several: the attributes of which a person
        can have several categories; additivity: som, personen (a person counts once per period) or niet (periods do not add up)."""
        self._parents, self._several, self._additivity = parents, set(several), additivity
        between = _between(counts, self._several).with_row_index("cell", offset=counts.height).select(*ADDRESS, "cell", "count", "is_guarded")
        self._counts = pl.concat([counts.select(between.columns), between], how="vertical_relaxed")
        self._rows: list[tuple[list[int], list[int], float, float, int]] = []
        self._size = self._counts.height
        self._rests: list[tuple[float, bool]] = list(between.select("count", "is_guarded").iter_rows())
        shapes = self._counts.select("who").unique(maintain_order=True).with_columns(shape=pl.col("who").map_elements(_shape, return_dtype=pl.String))
        for rank, kind, pairs in [*self._areas(), *self._periods(), *self._categories()]:
            # whether sums come out is seen of figures that are told apart in the same way
            for own in pairs.join(shapes, on="who").partition_by("shape", maintain_order=True, include_key=False):
                self._add(rank, kind, own)
        order = sorted(range(len(self._rows)), key=lambda k: self._rows[k][4])  # those that are best to add up by come first
        rows = [self._rows[k] for k in order]
        place = np.repeat(np.arange(len(rows)), [len(row[0]) for row in rows])
        columns, factors = (np.concatenate([np.array(row[k], dtype=np.int64) for row in rows] or [np.zeros(0, dtype=np.int64)]) for k in (0, 1))
        matrix = sp.csr_matrix((factors, (place, columns)), shape=(len(rows), self._size))
        self.facts = Facts(matrix, np.array([row[2] for row in rows]), np.array([row[3] for row in rows]))
        self.values = np.append(counts["count"].to_numpy(), [value for value, _ in self._rests]).astype(float)
        self.is_guarded = np.append(counts["is_guarded"].to_numpy(), [guarded for _, guarded in self._rests]).astype(bool)
        rests = pl.DataFrame({"who": [f"rest {number}" for number in range(self._size - self._counts.height)]}, schema={"who": pl.String})
        self.addresses = pl.concat([self._counts.select(ADDRESS), rests], how="diagonal")

    @property
    def equations(self) -> sp.csr_matrix:
        """The facts that are equations: a whole with factor 1, its parts with -1."""
        return self.facts.rows[np.flatnonzero((self.facts.lower == 0) & (self.facts.upper == 0))]

    def _areas(self) -> Iterator[tuple[int, str, pl.DataFrame]]:
        known = set(self._counts["area_level"])
        levels = [level for level in AREA_STEPS if level in known]  # a level before those of which it may consist
        for k, coarse in enumerate(levels):
            for fine in levels[k + 1 :]:
                pairs = self._area_pairs(coarse, fine)
                # ABC is no part of a district, and where there are districts these are all parts of a region
                if pairs.height and not (fine == "abc" and "district" in levels):
                    yield 10 - AREA_STEPS[fine], "plaats" if "zorgregio" in (coarse, fine) else "gebied", pairs

    def _area_pairs(self, coarse: str, fine: str) -> pl.DataFrame:
        """Areas of a finer level under the one in which they lie, ABC for the districts A, B and C where these have no figures."""
        known = set(self._counts.filter(pl.col("area_level") == fine)["area_code"])
        up = self._parents.filter((pl.col("parent_level") == coarse) & (pl.col("child_level") == fine)).select("child_level", "child_code", "parent_code")
        if fine == "district" and not known & set(ABC_PARTS):
            abc = self._parents.filter((pl.col("parent_level") == coarse) & (pl.col("child_level") == "abc")).select(up.columns)
            up = pl.concat([up.filter(~pl.col("child_code").is_in(ABC_PARTS)), abc])
        if coarse == "regio" and up.height:
            nowhere = pl.DataFrame({"child_level": [fine] * 2, "child_code": list(NO_AREA), "parent_code": [up["parent_code"][0]] * 2})
            up = pl.concat([up, nowhere])
        areas = {"area_level": "child_level", "area_code": "child_code"}
        parts = self._counts.rename(areas).join(up, on=list(areas.values())).rename({"parent_code": "area_code"})
        wholes = self._counts.filter(pl.col("area_level") == coarse).select("who", "area_code", "period_grain", "period", whole="cell")
        pairs = parts.join(wholes, on=["who", "area_code", "period_grain", "period"]).with_columns(nowhere=pl.col("child_code").is_in(NO_AREA))
        real = up.filter(~pl.col("child_code").is_in(NO_AREA)).group_by(area_code="parent_code").agg(expected=pl.len())
        pairs = pairs.join(real, on="area_code").with_columns(
            # ABC is never all of what it lies in
            lacks=((~pl.col("nowhere")).sum().over("whole") < pl.col("expected")) | pl.lit(fine == "abc"),
            is_open=pl.lit(coarse == "regio") & ~pl.col("nowhere").any().over("whole"),
        )
        return pairs.select("whole", "who", "lacks", "is_open", part="cell", division=0)

    def _periods(self) -> Iterator[tuple[int, str, pl.DataFrame]]:
        year = pl.col("period").str.slice(0, 4)
        month = pl.col("period").str.slice(5, 2).cast(pl.Int64, strict=False)
        for coarse, fine, parts in FINER_PERIODS:
            own = self._counts.filter(pl.col("period_grain") == fine)
            if fine == "kwartaal":
                under = own.with_columns(above=year)
            elif fine == "maand":
                under = own.with_columns(above=pl.concat_str(year, pl.lit("Q"), ((month + 2) // 3).cast(pl.String)))
            else:
                start = pl.int_ranges(year.cast(pl.Int64) - 2, year.cast(pl.Int64) + 1)
                under = own.with_columns(start=start).explode("start").with_columns(above=_three_years(pl.col("start"))).drop("start")
            wholes = self._counts.filter(pl.col("period_grain") == coarse).select("who", "area_level", "area_code", above="period", whole="cell")
            pairs = under.join(wholes, on=["who", "area_level", "area_code", "above"])
            yield 20, "tijd", pairs.select("whole", "who", part="cell", division=0, lacks=pl.len().over("whole") < parts, is_open=pl.lit(value=False))

    def _categories(self) -> Iterator[tuple[int, str, pl.DataFrame]]:
        """Per attribute, with what else tells persons apart: some categories or all of them, and the single ones that they consist of; and some
        categories, a part of them and the others of them (of a share the denominator, the numerator and the rest)."""
        terms = {who: read_terms(who) for who in self._counts["who"].unique(maintain_order=True)}
        for attribute in sorted({name for each in terms.values() for name in each}):
            kind = "meervoud" if attribute in self._several else "categorie"
            single = sorted({next(iter(each[attribute].names)) for each in terms.values() if attribute in each and each[attribute].is_one})
            contexts: dict[str, dict[Categories, str]] = {}
            for who, each in terms.items():
                context = write_terms({name: value for name, value in each.items() if name != attribute})
                contexts.setdefault(context, {})[each.get(attribute, ALL)] = who
            consists = [link for names in contexts.values() for link in _consists(names, single, only_all=kind == "meervoud")]
            yield 30, kind, self._category_pairs(consists)
            yield 30, "categorie", self._category_pairs([link for names in contexts.values() for link in _divides(names)])

    def _category_pairs(self, links: list[tuple[str, str, int, int]]) -> pl.DataFrame:
        columns = {"context": pl.String(), "who": pl.String(), "expected": pl.Int64(), "division": pl.Int64()}
        frame = pl.DataFrame(links, schema=columns, orient="row")
        wholes = self._counts.select(*PLACE, context="who", whole="cell")
        pairs = self._counts.join(frame, on="who").join(wholes, on=[*PLACE, "context"])
        # of an indicator of which the parts need not add up, some have no category
        lacks = (pl.len().over("whole", "division") < pl.col("expected")) | (self._additivity == "niet")
        return pairs.select("whole", "who", "division", part="cell", lacks=lacks, is_open=pl.lit(value=False))

    def _add(self, rank: int, kind: str, pairs: pl.DataFrame) -> None:
        count = self._counts["count"]
        pairs = pairs.sort("whole", "division", "part")  # a join promises no order, and by which sums cells are made depends on it
        pairs = pairs.with_columns(in_part=count.gather(pairs["part"]), in_whole=count.gather(pairs["whole"]))
        if kind == "meervoud" or (kind == "tijd" and self._additivity == "niet"):
            pairs = pairs.filter(self._holds(pairs, kind))
        wholes = pairs.group_by("whole", "division", maintain_order=True).agg("part", pl.col("in_part").sum(), pl.col("in_whole", "lacks", "is_open").first())
        whole_ones = wholes.filter(~pl.col("lacks"))
        below, above = ((whole_ones["in_part"] < whole_ones["in_whole"]).any(), (whole_ones["in_part"] > whole_ones["in_whole"]).any())
        is_whole = not below and not above  # then nobody will think that some persons are in none of the parts
        overlap = kind == "meervoud" or (self._additivity == "personen" and not (kind == "categorie" and not above))
        covers = kind not in ("meervoud", "categorie") or not below
        # who has no category (age unknown, say) has no figure of their own either, and is not guarded, like who has no area
        spare = np.inf if kind == "categorie" and below and not above else 0.0
        for whole, parts, in_parts, in_whole, lacks, is_open in wholes.drop("division").iter_rows():
            rest = []
            if lacks or ((is_open or kind == "plaats") and not is_whole):
                rest = [self._size]
                self._size += 1
                self._rests.append((max(0.0, in_whole - in_parts), bool(lacks)))
            if overlap:
                self._rows += [([whole, part], [1, -1], 0.0, np.inf, rank) for part in parts]
                if covers:
                    self._rows.append(([whole, *parts, *rest], [-1] + [1] * (len(parts) + len(rest)), 0.0, np.inf, rank))
            else:
                self._rows.append(([whole, *parts, *rest], [1] + [-1] * (len(parts) + len(rest)), 0.0, spare, rank))

    def _holds(self, pairs: pl.DataFrame, kind: str) -> pl.Series:
        """Of which counts it is a rule that they add up (periods) or are no more than the whole (categories): of those where it always is so."""
        if kind == "meervoud":
            return pairs.select((pl.col("in_part") <= pl.col("in_whole")).all().over("who")).to_series()
        adds_up = (pl.col("in_part").sum() == pl.col("in_whole").first()).over("whole") | pl.col("lacks")
        return pairs.select((adds_up & (pl.col("in_part") <= pl.col("in_whole"))).all().over("who")).to_series()


def _between(counts: pl.DataFrame, several: Collection[str]) -> pl.DataFrame:
    """Counts that no figure shows and that stand between a total and what is told apart by two attributes at once: those by one of them alone,
    as the sum over the other. Without them nothing would say that the latter add up (the columns of ADDRESS, count, is_guarded).

    Only where both at once come to the total, or to more where a person can have several categories, at every place: else they are a part of it.
    """
    found = [counts.select(*ADDRESS, "count", "is_guarded").clear()]
    terms = {who: each for who in counts["who"].unique(maintain_order=True) if len(each := read_terms(who)) > 1}
    ones = [(who, pair) for who, each in terms.items() for pair in combinations(sorted(name for name in each if each[name].is_one), 2)]
    for pair in sorted({pair for _, pair in ones} - {pair for _, pair in ones if set(pair) <= set(several)}):
        names = [who for who, own in ones if own == pair]
        without = {left: [_without(terms[who], left) for who in names] for left in (pair, *((name,) for name in pair))}
        frame = counts.join(pl.DataFrame({"who": names, "whole": without[pair]}), on="who")
        totals = counts.select(*PLACE, whole="who", total="count")
        whole = frame.group_by(*PLACE, "whole").agg(pl.col("count").sum()).join(totals, on=[*PLACE, "whole"])
        comes_to = pl.col("count") >= pl.col("total") if set(pair) & set(several) else pl.col("count") == pl.col("total")
        is_all = whole.group_by("whole").agg(comes_to.all().alias("is_all")).filter("is_all")
        for name in set(pair) - set(several):
            step = pl.DataFrame({"who": names, "by": without[name,]})
            parts = frame.join(is_all, on="whole", how="semi").join(step, on="who").drop("who").rename({"by": "who"})
            sums = parts.group_by(ADDRESS, maintain_order=True).agg(pl.col("count").sum(), pl.col("is_guarded").any())
            found.append(sums.join(counts, on=list(ADDRESS), how="anti").select(found[0].columns))
    return pl.concat(found, how="vertical_relaxed").unique(ADDRESS, keep="first", maintain_order=True)


def _without(terms: Terms, left: Collection[str]) -> str:
    return write_terms({name: each for name, each in terms.items() if name not in left})


def _three_years(start: pl.Expr) -> pl.Expr:
    return pl.concat_str(start.cast(pl.String), pl.lit("/"), ((start + 2) % 100).cast(pl.String).str.zfill(2))


def _shape(who: str) -> str:
    return "&".join(read_terms(who))


def _consists(names: Mapping[Categories, str], single: Sequence[str], *, only_all: bool) -> Iterator[tuple[str, str, int, int]]:
    """What consists of the single categories in it, that is all that a person can have one of: whole, part, how many parts, 0."""
    for whole, name in names.items():
        parts = [Categories(frozenset([each])) for each in single if whole.holds(each)]
        found = [part for part in parts if part in names]
        if whole.is_one or (only_all and whole != ALL) or (len(found) == 1 and whole.without(found[0]) in names):
            continue
        yield from ((name, names[part], len(parts), 0) for part in found)


def _divides(names: Mapping[Categories, str]) -> Iterator[tuple[str, str, int, int]]:
    """What is divided in two, other than in single categories: whole, part, 2, and which division."""
    division = 0
    for whole, name in names.items():
        for part in names:
            rest = whole.without(part)
            if rest is not None and rest in names and str(part) < str(rest) and not (part.is_one and rest.is_one):
                division += 1
                yield from ((name, names[each], 2, division) for each in (part, rest))
