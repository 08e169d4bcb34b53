"""Goes through a file in parts, and sorts its rows: good ones, bad ones with every rule that they break, totals rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from data_contracts.base import Contract
from pipelines.intake.checking.breaches import broken_rules
from pipelines.intake.checking.ended import ended_names, ended_rows
from pipelines.intake.checking.sieve import doubtful_rows, hashed_keys, twin_rows
from pipelines.intake.checking.totals import total_rows
from pipelines.intake.convert import convert, decimal_commas
from pipelines.intake.corrections import Correction, apply_corrections
from pipelines.intake.drift import Statistics, measure
from pipelines.intake.file_periods import periods_of
from pipelines.intake.refusal import Broken

PART = 250_000  # rows at a time, by slices: Polars' own batches of ten million rows kept 0.7 GB ahead, or 1.8 GB in large row groups
HELD = 200_000  # doubtful rows that wait for Pandera: a file that is all wrong must not fill the memory
FIRST_LINES = 20  # of a rule that the answer names
REMOVED = "is weggelaten: een bekende fout (correctie)"

#: The same rows before and after conversion, and what could not be read of them: source_row, column, rule.
Read = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True)
class Sifted:
    """A part of a file: rows that are surely good, rows that Pandera must judge (`doubted`, and `matched` whose key stands
    twice in the file), and totals rows as text and typed."""

    good: pl.DataFrame
    statistics: Statistics
    periods: set[str]
    doubted: Read
    matched: Read
    totals: tuple[pl.DataFrame, pl.DataFrame]


class Sorting:
    """Sorts the rows of a file: the contract's columns as text or typed, and source_row. Take all of `good_rows` first; the
    counts and lists stand after that. `quarantine` is no longer filled where the tolerance is passed."""

    def __init__(self, rows: pl.LazyFrame, height: int, contract: type[Contract], corrections: Sequence[Correction] = ()) -> None:
        self._contract, self._corrections = contract, corrections
        self._rows, self.height = rows, height
        self.accepted = self.quarantined = 0
        self.corrected: dict[Correction, int] = {}
        self.quarantine: list[pl.DataFrame] = []
        self.totals: list[tuple[pl.DataFrame, pl.DataFrame]] = []
        self._left_out = 0
        self._commas = decimal_commas(rows, contract)
        self._ended = ended_names()
        self._statistics: list[Statistics] = []
        self._periods: set[str] = set()
        self._broken: list[pl.DataFrame] = []

    @property
    def in_parts(self) -> bool:
        """Whether the file is gone through in parts; a correction looks at all rows of its period, so with one it is not."""
        return self.height > PART and not self._corrections

    @property
    def statistics(self) -> Statistics:
        """Of the good rows."""
        return sum(self._statistics, start=Statistics())

    @property
    def periods(self) -> list[str]:
        """What the good rows are about."""
        return sorted(self._periods)

    @property
    def total_height(self) -> int:
        """Number of totals rows."""
        return sum(texts.height for texts, _ in self.totals)

    @property
    def passes(self) -> bool:
        """Whether the bad rows are within the tolerance; what a correction leaves out is not bad."""
        return self.quarantined - self._left_out <= self._contract.terms().tolerance * (self.height - self.total_height)

    @property
    def broken(self) -> tuple[Broken, ...]:
        """Every rule that rows broke, the most frequent first."""
        if not self._broken:
            return ()
        grouped = pl.concat(self._broken).group_by("column", "rule", maintain_order=True)
        counted = grouped.agg(pl.col("rows").sum(), pl.col("lines").explode().sort().head(FIRST_LINES)).sort("rows", "column", descending=[True, False])
        return tuple(Broken(row["column"], row["rule"], row["rows"], tuple(row["lines"])) for row in counted.iter_rows(named=True))

    def good_rows(self) -> Iterator[pl.DataFrame]:
        """Typed rows that may go on, with source_row; the doubtful ones that turn out good come last."""
        doubted: list[Read] = []
        matched: list[Read] = []
        for part in self._sifted():
            self._statistics.append(part.statistics)
            self._periods |= part.periods
            self.accepted += part.good.height
            self.totals += [part.totals] if part.totals[0].height else []
            matched.append(part.matched)
            doubted.append(part.doubted)
            yield part.good
            if sum(texts.height for texts, *_ in doubted) > HELD:
                yield self._settle(doubted, twins=False)
                doubted.clear()
        for waiting, twins in ((doubted, False), (matched, True)):
            if any(texts.height for texts, *_ in waiting):
                yield self._settle(waiting, twins=twins)

    def _sifted(self) -> Iterator[Sifted]:
        """The parts of the file in order, each gone through by itself; two at a time, since one keeps one core busy.

        A key can stand twice a million rows apart, so a file in parts is gone through for its keys first.
        """
        if not self.in_parts:
            whole = self._read(self._rows.collect())
            yield self._sift(whole, twin_rows(hashed_keys(whole[1], self._contract)))
            return
        with ThreadPoolExecutor(max_workers=2) as pool:
            twins = twin_rows(pl.concat(pool.map(self._keys_of_part, range(0, self.height, PART))))
            waiting: deque[Future[Sifted]] = deque()
            for start in range(0, self.height, PART):
                waiting.append(pool.submit(self._sift_part, start, twins.slice(start, PART)))
                if len(waiting) > 2:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _sift_part(self, start: int, twins: pl.Series) -> Sifted:
        return self._sift(self._read(self._rows.slice(start, PART).collect()), twins)

    def _sift(self, read: Read, twins: pl.Series) -> Sifted:
        """Parts rows that are surely good from those that Pandera must judge, and from totals rows. `twins`: whose key stands
        twice in the file."""
        texts, typed, unread = read
        total = total_rows(texts, typed, self._contract)
        lost = typed["source_row"].is_in(unread["source_row"].implode())
        twin = twins & ~lost & ~total
        doubt = (doubtful_rows(typed, self._contract) | lost) & ~twin & ~total
        good = typed.filter(~(doubt | twin | total))
        return Sifted(
            good=good,
            statistics=measure(good, self._contract),
            periods=self._periods_of(good),
            doubted=(texts.filter(doubt), typed.filter(doubt), unread),
            matched=(texts.filter(twin), typed.filter(twin), unread.clear()),
            totals=(texts.filter(total), typed.filter(total)),
        )

    def _periods_of(self, typed: pl.DataFrame) -> set[str]:
        return set(periods_of(typed[self._contract.terms().period_column], self._contract.terms()))

    def typed_parts(self) -> Iterator[pl.DataFrame]:
        """The rows once more, typed, as they are read: totals rows and bad ones among them."""
        for start in range(0, self.height, PART):
            yield self._read(self._rows.slice(start, PART).collect())[1]

    def _keys_of_part(self, start: int) -> pl.Series:
        texts = self._rows.slice(start, PART).select(*self._contract.key(), "source_row").collect()
        return hashed_keys(convert(texts, self._contract, commas=self._commas)[0], self._contract)

    def _read(self, texts: pl.DataFrame) -> Read:
        typed, unread = convert(texts, self._contract, commas=self._commas)
        if self._corrections:
            texts, removed, self.corrected = apply_corrections(texts, typed, self._contract, self._corrections)
            typed, unread = convert(texts, self._contract)
            left_out = texts.filter(removed).select("source_row", pl.lit(self._contract.terms().period_column).alias("column"), pl.lit(REMOVED).alias("rule"))
            unread = pl.concat([unread.join(left_out, on="source_row", how="anti"), left_out])
        ended = ended_rows(typed, self._contract, self._ended).join(unread.filter(pl.col("rule") == REMOVED), on="source_row", how="anti")
        return texts, typed, pl.concat([unread, ended])

    def _settle(self, waiting: Sequence[Read], *, twins: bool) -> pl.DataFrame:
        """Lets Pandera judge rows that wait; keeps what is bad of them and gives what is good."""
        texts, typed, unread = (pl.concat(each) for each in zip(*waiting, strict=True))
        unread = unread.join(typed, on="source_row", how="semi")
        judged = broken_rules(typed, self._contract, twins=twins)
        broken = pl.concat([unread, _without_unread(judged, unread)])
        bad = broken.select(pl.col("source_row").unique())
        self.quarantined += bad.height
        self._left_out += broken.filter(pl.col("rule") == REMOVED).height
        lines = pl.col("source_row").sort().head(FIRST_LINES).alias("lines")
        self._broken.append(broken.group_by("column", "rule", maintain_order=True).agg(pl.len().alias("rows"), lines))
        if self.passes:
            self.quarantine.append(broken.join(texts.with_columns(pl.exclude("source_row").cast(pl.String)), on="source_row", how="left"))
        else:
            self.quarantine.clear()
        good = typed.join(bad, on="source_row", how="anti")
        self._statistics.append(measure(good, self._contract))
        self._periods |= self._periods_of(good)
        self.accepted += good.height
        return good


def _without_unread(judged: pl.DataFrame, unread: pl.DataFrame) -> pl.DataFrame:
    """What was judged, but for cells that could not be read (they are empty only because of that) and rows left out."""
    cells = judged.with_row_index("case").with_columns(pl.col("column").str.split(" + ").alias("cell")).explode("cell")
    spoilt = cells.join(unread.select("source_row", cell="column"), on=["source_row", "cell"], how="semi")["case"]
    left_out = unread.filter(pl.col("rule") == REMOVED)
    return judged.with_row_index("case").filter(~pl.col("case").is_in(spoilt.implode())).drop("case").join(left_out, on="source_row", how="anti")
