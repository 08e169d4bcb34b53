"""Check, without any of our own code, the proof that no withheld count of a release can be narrowed down too far.

    python check_worlds.py FOLDER [--released FILE]

What is in the folder. All that was published about the same persons is a list of cells ("gemeente Delft, jaar 2025"). Some show their
count ("waarde"), some are withheld ("geheim"). Every cell is a sum of inner cells: the finest groups of persons, whose counts nobody
outside knows. A world is one list of counts of the inner cells that could be the truth as far as the outside can tell. The proof is
some such worlds: as long as each agrees with every published count and with every public fact, no one who knows only those can rule any
of them out, however clever the sums or large the computer. If a withheld cell is 2 in one world and 9 in another, nobody can be sure
that it is nearer than that. This program redoes the additions, in whole numbers, and says whether for every withheld cell the largest
and the smallest count over the worlds differ by at least what policy asks ("need").

What this proves: from the published counts and the listed facts together, every withheld count keeps at least that room.

What it does not prove:
- anything about someone with other knowledge than the listed facts. Who knows the records of half a village knows more than this proof
  assumes; no release of true counts is proof against unlimited knowledge;
- that the lists themselves are right: which inner cells a cell holds, which facts are public and what policy asks are taken as given.
  A forgotten fact or earlier release is not seen here. The line printed on success says how many there were of each;
- that all worlds are equally likely, or that nothing follows from how the withheld cells were chosen;
- that these are the counts that went out, unless --released names the published file.

Tables (Parquet; whole numbers are int64; other columns are not read but `block`, where they have it: then each block is a list of its own):
  cells    cell, address, state ('waarde' or 'geheim'), count (persons; null where geheim), need (persons; 0 where waarde)
  inner    cell, inner                one row for each inner cell that a cell holds; an inner cell that no cell holds is unknown
  worlds   world, inner, count        what is not listed is 0; a world of nobody has one row, of 0
  facts    fact, inner, factor        optional, with limits: lower <= sum of factor x inner count <= upper in every world
  limits   fact, lower, upper         null: no limit
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

LARGEST = 2**40  # of any count, factor or need; sums are kept below 2**62 besides, so that int64 is exact
SENTENCES = 20
LEAST, MOST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


class Refused(Exception):
    """The tables are not what they should be, so that nothing can be checked."""


class _Findings:
    """At most SENTENCES sentences, and how many more there would be."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.more = 0

    def add(self, wrong: np.ndarray, names: list[str], sentence: str) -> None:
        """A sentence, with a name for {}, for each place where `wrong` is true."""
        places = np.flatnonzero(wrong)
        shown = places[: SENTENCES - len(self.sentences)]
        self.sentences += [sentence.format(names[place]) for place in shown]
        self.more += len(places) - len(shown)

    def all(self) -> list[str]:
        return [*self.sentences, f"and {self.more} more"] if self.more else self.sentences


class _Sums:
    """Sums over inner cells per row (a cell or a fact), for pairs in order of row: `row` and `inner` are places from 0."""

    def __init__(self, row: np.ndarray, inner: np.ndarray, factor: np.ndarray, size: int) -> None:
        self.inner, self.factor, self.size = inner, factor, size
        self.rows, self.starts = np.unique(row, return_index=True)

    def of(self, world: np.ndarray) -> np.ndarray:
        """int64 per row, for the counts of all inner cells in one world."""
        sums = np.zeros(self.size, dtype=np.int64)
        if len(self.rows):
            sums[self.rows] = np.add.reduceat(world[self.inner] * self.factor, self.starts)
        return sums

    def refuse_beyond(self, largest: int) -> None:
        """Refuse when counts up to `largest` could give a sum that int64 does not hold; floats do, for half of int64 is to spare."""
        reach = np.add.reduceat(np.abs(self.factor).astype(float), self.starts).max() if len(self.rows) else 0.0
        if reach * largest >= 2.0**62:
            raise Refused("a cell or a fact has too many inner cells or too large factors to be summed in 64 bits")


def check(cells: pa.Table, inner: pa.Table, worlds: pa.Table, facts: pa.Table | None = None, limits: pa.Table | None = None) -> list[str]:
    """What is wrong with a proof (tables as above), in sentences that name addresses, facts and worlds and never a count; empty when it holds.

    At most SENTENCES sentences, and one that counts the rest. Raises nothing: tables that are not what they should be give one sentence.
    """
    try:
        return _check(cells, inner, worlds, facts, limits)
    except Refused as refusal:
        return [str(refusal)]


def check_blocks(tables: dict[str, pa.Table]) -> list[str]:
    """As `check`, for tables with a column `block` block by block: what is published in one says nothing about another, which is for whoever
    made them to see to. Rows stand in order of block; without that column all is one block."""
    if "block" not in tables["cells"].column_names:
        return check(**tables)
    found: list[str] = []
    try:
        column = {title: _column(table, title, "block") for title, table in tables.items()}
        for title, each in column.items():
            if each.type != pa.int64() or (np.diff(each.to_numpy()) < 0).any():
                raise Refused(f"{title} is not in order of block")
        for block in np.unique(column["cells"].to_numpy()):
            ends = {title: np.searchsorted(each.to_numpy(), [block, block + 1]) for title, each in column.items()}
            found += check(**{title: table.slice(ends[title][0], ends[title][1] - ends[title][0]) for title, table in tables.items()})
    except Refused as refusal:
        found.append(str(refusal))
    return found[:SENTENCES] + [f"and {len(found) - SENTENCES} more"] * (len(found) > SENTENCES)


def _check(cells: pa.Table, inner: pa.Table, worlds: pa.Table, facts: pa.Table | None, limits: pa.Table | None) -> list[str]:
    ids, names, shown, count, need = _read_cells(cells)
    holder, held = _integers(inner, "inner", ["cell", "inner"])
    known = np.unique(held)
    sums = _Sums(_places(holder, ids, "inner", "cell"), np.searchsorted(known, held), np.ones(len(held), dtype=np.int64), len(ids))
    fact_names, fact_sums, lower, upper = _read_facts(facts, limits, known)
    world, place, value = _integers(worlds, "worlds", ["world", "inner"], ["count"])
    place = _places(place, known, "worlds", "inner")
    _refuse((value < 0) | (value > LARGEST), world, "world {} lists a count that is too large or below nought")
    sums.refuse_beyond(int(value.max(initial=0)))
    fact_sums.refuse_beyond(int(value.max(initial=0)))
    low, high = np.full(len(ids), MOST), np.zeros(len(ids), dtype=np.int64)
    found = _Findings()
    numbers, starts, sizes = np.unique(world, return_index=True, return_counts=True)
    for number, start, end in zip(numbers, starts, starts + sizes, strict=True):
        counts = np.zeros(len(known), dtype=np.int64)
        counts[place[start:end]] = value[start:end]
        totals, fact_totals = sums.of(counts), fact_sums.of(counts)
        found.add(shown & (totals != count), names, f"world {number} has another count than the published one of {{}}")
        found.add((fact_totals < lower) | (fact_totals > upper), fact_names, f"world {number} breaks {{}}")
        low, high = np.minimum(low, totals), np.maximum(high, totals)
    room = high - low if len(numbers) else np.zeros(len(ids), dtype=np.int64)
    found.add(~shown & (room < need), names, "the worlds leave less room than policy asks to {}")
    return found.all()


def _read_cells(cells: pa.Table) -> tuple[np.ndarray, list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Of each cell, in order of id: its id, address, whether it is published, its count (-1 where withheld) and its need."""
    ids, count, need = _integers(cells, "cells", ["cell"], ["count", "need"], null=-1)
    order = np.argsort(cells["cell"].to_numpy())
    names, states = (np.array(_strings(cells, "cells", name, once=name == "address"), dtype=object)[order] for name in ("address", "state"))
    missing = cells["count"].is_null().to_numpy()[order].astype(bool)
    _column(cells, "cells", "need")
    shown = states == "waarde"
    _refuse(~shown & (states != "geheim"), names, "the state of {} is neither waarde nor geheim")
    _refuse(shown & missing, names, "no count, though published: {}")
    _refuse(~shown & ~missing, names, "a count, though withheld: {}")
    _refuse(shown & ((count < 0) | (count > LARGEST)), names, "a count that is below nought or too large: {}")
    _refuse((need < 0) | (need > LARGEST) | (shown & (need > 0)), names, "a need that is below nought, too large or of a published cell: {}")
    return ids, names.tolist(), shown, count, need


def _read_facts(facts: pa.Table | None, limits: pa.Table | None, known: np.ndarray) -> tuple[list[str], _Sums, np.ndarray, np.ndarray]:
    """Of each fact: its name, its limits, the widest of int64 where there is none; and the sums of all."""
    if (facts is None) != (limits is None):
        raise Refused("facts and limits come together")
    if facts is None or limits is None:
        facts, limits = (pa.table({name: pa.array([], pa.int64()) for name in names}) for names in (("fact", "inner", "factor"), ("fact", "lower", "upper")))
    ids, lower = _integers(limits, "limits", ["fact"], ["lower"], null=LEAST)
    _, upper = _integers(limits, "limits", ["fact"], ["upper"], null=MOST)
    fact, inner, factor = _integers(facts, "facts", ["fact", "inner"], ["factor"])
    # the absolute value of the lowest int64 is below nought, hence two comparisons
    _refuse((factor < -LARGEST) | (factor > LARGEST), fact, "fact {} has a factor that is too large")
    sums = _Sums(_places(fact, ids, "facts", "fact"), _places(inner, known, "facts", "inner"), factor, len(ids))
    return [f"fact {each}" for each in ids], sums, lower, upper


def _column(table: pa.Table, title: str, name: str, *, nulls: bool = False) -> pa.ChunkedArray:
    if table.column_names.count(name) != 1:
        raise Refused(f"{title} needs one column {name}")
    if table.column(name).null_count and not nulls:
        raise Refused(f"{title} has a row without {name}")
    return table.column(name)


def _integers(table: pa.Table, title: str, ids: list[str], values: list[str] | None = None, *, null: int | None = None) -> list[np.ndarray]:
    """Columns as int64, in order of the ids, which are nought or more and together name a row once. null: what stands for no value."""
    columns = []
    for name in [*ids, *(values or [])]:
        column = _column(table, title, name, nulls=null is not None and name not in ids)
        if column.type != pa.int64():
            raise Refused(f"{title}.{name} is not int64")
        columns.append((column if null is None else column.fill_null(null)).to_numpy())
    keys = columns[: len(ids)]
    for name, key in zip(ids, keys, strict=True):
        _refuse(key < 0, key, f"{title} has a {name} below nought: {{}}")
    order = np.lexsort(keys[::-1])
    columns = [column[order] for column in columns]
    twice = np.logical_and.reduce([np.diff(key) == 0 for key in columns[: len(ids)]])
    _refuse(twice, columns[0], f"{title} has two rows for one {' and '.join(ids)}: {ids[0]} {{}}")
    return columns


def _strings(table: pa.Table, title: str, name: str, *, once: bool = False) -> list[str]:
    column = _column(table, title, name)
    if column.type not in (pa.string(), pa.large_string(), pa.string_view()):
        raise Refused(f"{title}.{name} is not text")
    if once and (twice := [value for value, times in Counter(column.to_pylist()).items() if times > 1]):
        raise Refused(f"{title} has an {name} twice: {twice[0]}")
    return column.to_pylist()


def _places(ids: np.ndarray, known: np.ndarray, title: str, name: str) -> np.ndarray:
    """Where each of `ids` stands in `known`, which is in order."""
    _refuse(~np.isin(ids, known), ids, f"{title} has an unknown {name}: {{}}")
    return np.searchsorted(known, ids)


def _refuse(wrong: np.ndarray, names: np.ndarray, sentence: str) -> None:
    if wrong.any():
        raise Refused(sentence.format(names[int(np.argmax(wrong))]))


def compare_released(cells: pa.Table, released: pa.Table) -> list[str]:
    """Sentences on addresses whose state or count differs between `cells` and `released` (address, state, count), or that one lacks."""
    sides = []
    for title, table in (("cells", cells), ("released", released)):
        names, counts = _strings(table, title, "address", once=True), _column(table, title, "count", nulls=True)
        if counts.type != pa.int64():
            raise Refused(f"{title}.count is not int64")
        sides.append(dict(zip(names, zip(_strings(table, title, "state"), counts.to_pylist(), strict=True), strict=True)))
    names = sorted(name for name in sides[0].keys() | sides[1].keys() if sides[0].get(name) != sides[1].get(name))
    return [f"not released as it was checked: {name}" for name in names[:SENTENCES]] + [f"and {len(names) - SENTENCES} more"] * (len(names) > SENTENCES)


def _read(path: Path) -> pa.Table:
    try:
        return pq.ParquetFile(path).read()  # read_table would take a folder of files too, and columns from its name
    except (OSError, pa.ArrowException):
        raise Refused(f"{path.name} is missing or no Parquet file") from None


def main(arguments: list[str] | None = None) -> int:
    """Check a folder, print one line, and return 0 when the proof holds and 1 when it does not."""
    parser = argparse.ArgumentParser(description="Check the proof that no withheld count can be narrowed down too far.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--released", type=Path, help="Parquet file with address, state and count as they went out")
    asked = parser.parse_args(arguments)
    try:
        cells, inner, worlds = (_read(asked.folder / f"{name}.parquet") for name in ("cells", "inner", "worlds"))
        facts, limits = (_read(path) if (path := asked.folder / f"{name}.parquet").exists() else None for name in ("facts", "limits"))
        tables = {"cells": cells, "inner": inner, "worlds": worlds, "facts": facts, "limits": limits}
        found = check_blocks({title: table for title, table in tables.items() if table is not None})
        if asked.released and not found:
            found = compare_released(cells, _read(asked.released))
    except Refused as refusal:
        found = [str(refusal)]
    line = "refused: " + "; ".join(found)
    if not found:
        withheld = [need for state, need in zip(cells["state"].to_pylist(), cells["need"].to_pylist(), strict=True) if state == "geheim"]
        numbered = worlds.select([name for name in ("block", "world") if name in worlds.column_names])
        line = (
            f"proved: {len(withheld)} withheld cells of {cells.num_rows} keep their room ({withheld.count(0)} need none),"
            f" in {len(set(zip(*numbered.to_pydict().values(), strict=True)))} worlds with {limits.num_rows if limits else 0} public facts"
            f"{', and the released file is the same' if asked.released else ''}"
        )
    sys.stdout.write(" ".join(line.split()) + "\n")  # one line, whatever an address holds
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
