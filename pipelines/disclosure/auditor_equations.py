"""The auditor's arithmetic: rests of published totals, and withheld cells that published ones fix. Exact, in fractions.

The protector has its own; the two must not share a line.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, combinations
from typing import Any, Protocol

RESTS = frozenset({"onbekend", "elders"})
FIGURES = frozenset({"waarde", "voorlopig", "nihil"})
RANK = {"jaar": 0, "kwartaal": 1, "maand": 2}
LADDER = ("wijk", "gemeente|basisteam", "district", "abc", "zorgregio", "regio")
Node = tuple[str, str]
Judge = Callable[[float | None, float | None], tuple[bool, bool]]  # numerator, denominator → has a small count, is about nobody


class Key(Protocol):
    """The address of a table."""

    area_level: str
    period_grain: str
    dimensions: tuple[str, ...]


class Areas:
    """The area lattice: for each area every area above it, for each level every level that its sums reach."""

    def __init__(self, links: Iterable[tuple[Any, ...]]) -> None:
        up: dict[Node, set[Node]] = defaultdict(set)
        for child_level, child, parent_level, parent in links:
            up[child_level, child].add((parent_level, parent))
            up[parent_level, parent] |= set()
        self.above: dict[Node, frozenset[Node]] = {}
        for node in list(up):
            found, todo = {node}, [node]
            while todo:
                todo += (fresh := up[todo.pop()] - found)
                found |= fresh
            self.above[node] = frozenset(found)
        self.reach: dict[str, set[str]] = {}
        for rung, levels in enumerate(LADDER):
            for level in levels.split("|"):
                self.reach[level] = set("|".join(LADDER[rung + 1 :]).split("|")) - ({"basisteam"} if level == "wijk" else set()) - {""}
        for (level, _), nodes in self.above.items():
            self.reach.setdefault(level, set()).update(other for other, _ in nodes if other != level)
        self.regions = [node for node in self.above if node[0] == "regio"]
        self.levels = {level for level, _ in self.above}
        self.inside: dict[tuple[Node, str], list[Node]] = defaultdict(list)
        for node, parent in ((node, parent) for node, above in self.above.items() for parent in above):
            self.inside[parent, node[0]].append(node)

    def parts(self, parent: Node, level: str) -> list[Node]:
        """The areas of `level` inside `parent`, when these make it up: abc holds Den Haag alone, so it makes up nothing else."""
        return [] if level in ("abc", parent[0]) else self.inside.get((parent, level), [])


def find_rests(
    published: Mapping[Any, list[Any]],
    several: frozenset[str],
    areas: Areas,
    judge: Judge,
    is_sum_of: Callable[[Any, Any, frozenset[str], Areas], bool],
) -> Iterator[tuple[Any, Any]]:
    """Pairs (total, parts) of published tables where the parts without figure together hold a small count.

    Nothing at all is let be where the parts without figure are areas without a place, absent areas, cells that do not apply or
    a period of which nothing came: a zero there is about no person.
    """
    for fine, cells in published.items():
        dead = {cell.period for cell in cells} - {cell.period for cell in cells if cell.state != "onbekend"}
        present = {cell.area for cell in cells}
        absent = any(node[0] == fine.area_level and node[1] not in present for node in areas.above)
        is_whole = not absent and all(cell.state in FIGURES for cell in cells)
        for coarse, totals in published.items():
            steps = (coarse.area_level != fine.area_level) + (coarse.period_grain != fine.period_grain) + abs(len(fine.dimensions) - len(coarse.dimensions))
            # abc holds Den Haag alone, so what a larger area has beside it is always a rest
            if steps != 1 or not is_sum_of(coarse, fine, several, areas) or (is_whole and not _is_partial(coarse, fine)):
                continue
            if _leaves_small(coarse, fine, cells, totals, dead, areas, judge):
                yield coarse, fine


def _leaves_small(coarse: Any, fine: Any, cells: list[Any], totals: list[Any], dead: set[str], areas: Areas, judge: Judge) -> bool:
    sums: dict[tuple[Any, ...], list[float]] = {}
    keep = [fine.dimensions.index(name) for name in coarse.dimensions]
    lift = {area: _parents_at(area, fine.area_level, coarse.area_level, areas) for area in {cell.area for cell in cells}}
    for cell in cells:
        for area in lift[cell.area]:
            entry = sums.setdefault((area, _coarser(cell.period, coarse.period_grain), tuple(cell.categories[k] for k in keep)), [0.0, 0.0, 0, 0])
            if cell.state in FIGURES:
                entry[0] += cell.numerator
                entry[1] += cell.denominator or 0.0
            else:
                entry[2] += 1
                entry[3] += not (cell.area in RESTS or cell.state == "nvt" or cell.period in dead)
    missing = {
        total.area
        for total in totals
        if fine.area_level != coarse.area_level and any(part[1] not in lift for part in areas.parts((coarse.area_level, total.area), fine.area_level))
    }
    for total in totals:
        found = sums.get((total.area, total.period, total.categories))
        is_partial = _is_partial(coarse, fine)
        if total.state not in FIGURES or found is None or not (found[2] or total.area in missing or is_partial):
            continue
        is_small, is_nothing = judge(total.numerator - found[0], None if total.denominator is None else total.denominator - found[1])
        if is_small and (found[3] or is_partial or not is_nothing):
            return True
    return False


def _is_partial(coarse: Any, fine: Any) -> bool:
    return bool(fine.area_level == "abc" and coarse.area_level != "abc")


def _parents_at(area: str, level: str, up_level: str, areas: Areas) -> list[str]:
    if level == up_level:
        return [area]
    if area in RESTS:
        return [code for _, code in areas.regions] if up_level == "regio" else []
    return [code for other, code in areas.above.get((level, area), frozenset()) if other == up_level]


def _coarser(period: str, grain: str) -> str:
    if grain == "jaar":
        return period[:4]
    return f"{period[:4]}Q{(int(period[5:]) + 2) // 3}" if grain == "kwartaal" and "-" in period else period


def find_fixed(published: Mapping[Any, list[Any]], withheld: Mapping[Any, list[Any]], several: frozenset[str], areas: Areas) -> list[Any]:
    """Withheld tables with a cell that the published tables determine.

    Figures split into a year's mean, quarters' and months' differences, and categories' differences from their mean; published
    tables fix each such part at the areas they show, and the rest follows by linear equations between areas. A cell whose
    parts are all fixed is found. A cell that repeats a published one (the same persons under another name) is not.
    """
    everything: dict[Any, list[Any]] = {**published, **withheld}
    years: dict[str, set[Any]] = defaultdict(set)
    for key, cell in ((key, cell) for key, cells in everything.items() for cell in cells):
        years[cell.period[:4]].add(key)
    found: dict[Any, None] = {}
    rows = {(key.area_level, cell.area) for key, cells in everything.items() for cell in cells}
    without_knowledge = _solve(areas, rows, set())  # nought by the equations alone, whatever is published: that gives nothing away
    for keys in dict.fromkeys(map(frozenset, years.values())):
        members = {year for year, own in years.items() if own == keys}
        shown = {key: {cell.area for cell in published[key] if cell.state in FIGURES and cell.period[:4] in members} for key in keys & published.keys()}
        flat_names, flat_ranks = _flat(everything, keys, members)
        solved: dict[tuple[frozenset[str], int], frozenset[Node]] = {}
        for key in sorted(keys & withheld.keys()):
            names = set(key.dimensions)
            groups = chain.from_iterable(combinations(sorted(names - several), n) for n in range(len(names - several) + 1))
            needed = [(frozenset(group) | (names & several), rank) for group in groups for rank in range(RANK[key.period_grain] + 1)]
            needed = [(group, rank) for group, rank in needed if not group & flat_names and rank not in flat_ranks]
            for group, rank in needed:
                if (group, rank) not in solved:
                    known = {
                        (other.area_level, area)
                        for other, codes in shown.items()
                        if group <= set(other.dimensions) and not (set(other.dimensions) - group) & several and RANK[other.period_grain] >= rank
                        for area in codes
                    }
                    solved[group, rank] = _solve(areas, rows, known)
            for area in {cell.area for cell in withheld[key] if cell.state == "geheim"}:
                node = (key.area_level, area)
                is_fixed = node not in without_knowledge and all(node in solved[part] for part in needed)
                if is_fixed and not _repeats(key, node, shown, areas, flat_names, flat_ranks):
                    found[key] = None
    return list(found)


def _flat(everything: Mapping[Any, list[Any]], keys: Iterable[Any], years: set[str]) -> tuple[set[str], set[int]]:
    """Dimensions with one category, and time steps with one part (a year of one quarter): their differences are nothing."""
    categories: dict[str, set[str]] = defaultdict(set)
    for key, cells in everything.items():
        for k, name in enumerate(key.dimensions):
            categories[name].update(cell.categories[k] for cell in cells)
    quarters: dict[str, set[str]] = defaultdict(set)
    months: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        if key.period_grain == "jaar":
            continue
        for period in {cell.period for cell in everything[key] if cell.period[:4] in years and cell.state in FIGURES | {"geheim"}}:
            quarters[period[:4]].add(_coarser(period, "kwartaal"))
            if key.period_grain == "maand":
                months[_coarser(period, "kwartaal")].add(period)
    ranks = {rank for rank, parts in ((1, quarters), (2, months)) if any(len(part) == 1 for part in parts.values())}
    return {name for name, found in categories.items() if len(found) == 1}, ranks


def _solve(areas: Areas, rows: set[Node], known: set[Node]) -> frozenset[Node]:
    """The areas that the known ones determine."""
    used = {level for level, _ in rows}
    rests = frozenset((level, rest) for level in areas.levels for rest in RESTS if (level, rest) in rows or level not in used)
    return _eliminate(areas, rests, frozenset(known))


@functools.lru_cache(maxsize=4096)  # of 846 questions about a release of 43 indicators 67 differ, at 11 ms each
def _eliminate(areas: Areas, rests: frozenset[Node], known: frozenset[Node]) -> frozenset[Node]:
    """Elimination in fractions over: parent = sum of its parts, and the region also of its rests."""
    pivots: dict[Node, dict[Node, Fraction]] = {}
    for parent in areas.above:
        for level in areas.levels:
            parts = areas.parts(parent, level)
            if parts and parent[0] == "regio":
                parts = parts + [(level, rest) for rest in sorted(RESTS) if (level, rest) in rests]
            row = {node: Fraction(1) for node in parts if node not in known}
            if parent not in known and parts:
                row[parent] = row.get(parent, Fraction(0)) - 1
            for pivot in [node for node in row if node in pivots]:
                _subtract(row, pivots[pivot], row[pivot])
            if row:
                lead, factor = next(iter(row.items()))
                row = {node: value / factor for node, value in row.items()}
                for other in pivots.values():
                    if lead in other:
                        _subtract(other, row, other[lead])
                pivots[lead] = row
    return known | {lead for lead, row in pivots.items() if len(row) == 1}


def _subtract(row: dict[Node, Fraction], other: Mapping[Node, Fraction], factor: Fraction) -> None:
    for node, value in other.items():
        rest = row.get(node, Fraction(0)) - factor * value
        if rest:
            row[node] = rest
        else:
            row.pop(node, None)


def _repeats(key: Any, node: Node, shown: Mapping[Any, set[str]], areas: Areas, flat_names: set[str], flat_ranks: set[int]) -> bool:
    """True when a published cell counts the same persons: an only part and its whole, a lone category, a lone quarter."""
    same, todo = {node}, [node]
    while todo:
        here = todo.pop()
        for other in areas.above:
            if other not in same and ([here] == areas.parts(other, here[0]) or [other] == areas.parts(here, other[0])):
                same.add(other)
                todo.append(other)
    for other, codes in shown.items():
        low, high = sorted((RANK[other.period_grain], RANK[key.period_grain]))
        time = all(rank in flat_ranks for rank in range(low + 1, high + 1))
        if time and set(other.dimensions) ^ set(key.dimensions) <= flat_names and any((other.area_level, code) in same for code in codes):
            return True
    return False
