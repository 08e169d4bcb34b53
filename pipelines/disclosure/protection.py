"""From the figures of one group of persons to what an audience may see of them, with the worlds that prove it.

Tables first: a table goes out when it is no finer than policy allows and most of its figures can be shown; the others are withheld whole,
for a table full of holes tells little and endangers much. Then figures: a small count is withheld with all that it follows from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.assurance import Assured, assure, protect
from pipelines.disclosure.attack import Attacker
from pipelines.disclosure.blocks import Block, resolve_sums, split
from pipelines.disclosure.figures import AREA_STEPS, PERIOD_STEPS, TABLE, Figures, read_figures
from pipelines.disclosure.model import Cells, DisclosureError
from pipelines.disclosure.sums import Sums
from pipelines.disclosure.suppression import CannotProtect, Together, Wish


class Policy(NamedTuple):
    """What policy asks of figures about persons, for one audience.

    threshold: counts below it are withheld, noughts too; share: of the figures of a table at least so many must be shown, or none is;
    deepest: how many steps a table may go down (`figures.AREA_STEPS`, `PERIOD_STEPS`, one for a breakdown). Whatever is withheld can still
    have `threshold` different counts at the least, as far as anybody knows.
    """

    threshold: int
    share: float = 0.9
    deepest: int = 3

    @property
    def width(self) -> int:
        """The difference between highest and lowest count that must stay possible."""
        return self.threshold - 1


class Proof(NamedTuple):
    """One block of an assured release, as `certificate_tables` takes it: nothing outside it says anything about it."""

    cells: Cells
    counts: np.ndarray
    need: np.ndarray
    assured: Assured


class Protected(NamedTuple):
    """published: numbers of the rows of `values` that may be shown; tables: one row per table (the columns of TABLE, `depth`, `figures`,
    `fit`: how many policy itself would show, `shown`: how many are); proofs: one per block in which something is withheld."""

    published: np.ndarray
    tables: pl.DataFrame
    proofs: list[Proof]


def protect_figures(
    values: pl.DataFrame, entries: Sequence[Mapping[str, Any]], parents: pl.DataFrame, policy: Policy, attackers: Sequence[Attacker], *, seed: int
) -> Protected:
    """What may be shown of `values` (the 15 columns of a release) about the persons of `entries` (catalogue entries).

    parents: see `area_parents`; seed: secret. Every figure that is not published is withheld, all with one sign. What is proved is about
    the tables that policy lets be deep enough and that have no finer area level, period or breakdown than some table that goes out. In
    one that has, counts keep the room of those above them, for all persons of an area (a period, a group) can be in any one part of it.
    Not looked at: tables deeper than `policy.deepest`, and whether every world could also be divided over these.
    Raises what `assure` raises except CannotProtect: then the finest tables of the block are withheld whole and the rest is tried again.
    """
    figures = read_figures(values, entries)
    small = figures.shown.join(figures.counts.filter(pl.col("count") < policy.threshold), on="cell", how="semi")["row"]
    rows = figures.rows.with_columns(is_fit=~pl.col("row").is_in(small.unique().implode()))
    tables = rows.group_by(TABLE, maintain_order=True).agg(pl.col("depth").first(), figures=pl.len(), fit=pl.col("is_fit").sum())
    chosen = tables.filter(pl.col("depth") <= policy.deepest, pl.col("fit") >= policy.share * pl.col("figures")).select(TABLE)
    memory: dict[bytes, np.ndarray] = {}
    proved = False
    while True:
        attempt = _Attempt(figures, rows, chosen, entries, parents, policy, memory)
        refused = attempt.run(attackers, seed, prove=proved)
        shown = rows.filter(pl.col("row").is_in(attempt.published)).group_by(TABLE).agg(shown=pl.len())
        counted = tables.join(shown, on=list(TABLE), how="left", maintain_order="left").with_columns(pl.col("shown").fill_null(0))
        weak = counted.join(chosen, on=list(TABLE), how="semi").filter(pl.col("shown") < policy.share * pl.col("figures"))
        weak = weak.filter(pl.col("depth") == pl.col("depth").max()).select(TABLE) if refused.is_empty() else refused
        if weak.is_empty() and proved:
            return Protected(attempt.published, counted, attempt.proofs)
        proved = weak.is_empty()  # to prove takes most of the time: only once the tables are settled
        chosen = chosen.join(weak, on=list(TABLE), how="anti")


class _Attempt:
    """One choice of tables to go out, and what comes of it."""

    def __init__(
        self,
        figures: Figures,
        rows: pl.DataFrame,
        chosen: pl.DataFrame,
        entries: Sequence[Mapping[str, Any]],
        parents: pl.DataFrame,
        policy: Policy,
        memory: dict[bytes, np.ndarray],
    ) -> None:
        self.policy, self.memory, self.proofs = policy, memory, list[Proof]()
        judged = _judged(rows, chosen, policy)
        self.out = judged.join(chosen, on=list(TABLE), how="semi").filter("is_fit")
        shown = figures.shown.join(judged.select("row"), on="row", how="semi")
        counts = figures.counts.join(shown, on="cell", how="semi").rename({"cell": "before"}).with_row_index("cell")
        several = [str(name).removesuffix("*") for entry in entries for name in entry.get("breakdowns") or [] if str(name).endswith("*")]
        additivity = {str(entry.get("additivity")) for entry in entries}
        if len(additivity) > 1:
            raise DisclosureError(f"figures about the same persons add up in {len(additivity)} ways: {', '.join(sorted(additivity))}")
        self.sums = Sums(counts, parents, several=several, additivity=additivity.pop())
        self.counts, self.need = self.sums.values, np.where(self.sums.is_guarded, policy.width, 0)
        places = (
            shown.join(self.out.select("row").with_row_index("figure"), on="row")
            .join(counts.select("cell", "before"), left_on="cell", right_on="before", suffix="_now")
            .select("figure", "cell_now")
        )
        ones = np.ones(places.height, dtype=np.int64)
        self.rows = sp.csr_matrix((ones, (places["figure"].to_numpy(), places["cell_now"].to_numpy())), shape=(self.out.height, len(self.counts)))

    def run(self, attackers: Sequence[Attacker], seed: int, *, prove: bool) -> pl.DataFrame:
        """Protect block by block, and prove it if asked; gives the tables that must go first, where a block cannot be protected (then nothing else counts)."""
        cells, base = resolve_sums(self.sums.facts, self.sums.addresses)
        published = np.asarray(self.rows.sum(axis=0)).ravel() > 0
        for block in split(cells):
            places = block.places
            if not (self.need[places] * ~published[places]).any():
                continue
            try:
                published[places] = self._protect(block, self.counts[base][block.inner_places], attackers, seed, prove=prove)
            except CannotProtect:
                return self._finest(places)
        whole = self.rows @ (~published).astype(np.int64) == 0
        self.published = self.out["row"].to_numpy()[whole]
        return self.out.select(TABLE).clear()

    def _protect(self, block: Block, inner_counts: np.ndarray, attackers: Sequence[Attacker], seed: int, *, prove: bool) -> np.ndarray:
        counts, need = self.counts[block.places], self.need[block.places]
        rows, sums = (_within(each, block.places) for each in (self.rows, self.sums.equations))
        wish = Wish(counts < self.policy.threshold, np.zeros(len(counts), dtype=bool), need, 1 + np.log1p(counts), Together(rows, sums))
        key = hashlib.sha256()
        for matrix in (block.cells.inner, block.cells.facts.rows, rows, sums):
            key.update(matrix.indptr.tobytes() + matrix.indices.tobytes() + matrix.data.tobytes())
        for array in (counts, need, block.cells.facts.lower, block.cells.facts.upper):
            key.update(array.tobytes())
        if (first := self.memory.get(key.digest())) is None:  # else other tables were withheld since, and this block has none of them
            first = self.memory[key.digest()] = protect(block.cells, counts, inner_counts, wish, attackers, seed=seed)
        if not prove:
            return first
        assured = assure(block.cells, counts, inner_counts, wish, attackers, seed=seed, first=first)
        self.proofs.append(Proof(block.cells, counts, need, assured))
        return assured.published

    def _finest(self, places: np.ndarray) -> pl.DataFrame:
        """Of the tables with figures in a block that would go out, the ones furthest down."""
        self.published = np.zeros(0, dtype=np.int64)
        inside = self.out.filter(np.asarray(self.rows[:, places].sum(axis=1)).ravel() > 0)
        return inside.filter(pl.col("depth") == pl.col("depth").max()).select(TABLE).unique(maintain_order=True)


def _within(matrix: sp.csr_matrix, columns: np.ndarray) -> sp.csr_matrix:
    """The rows that have something in these columns, over these alone."""
    own = matrix[:, columns].tocsr()
    return own[np.flatnonzero(np.diff(own.indptr))]


def _judged(rows: pl.DataFrame, chosen: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Rows of tables that are no finer in areas, periods and breakdowns than the finest of those that go out."""
    names = {str(name) for column in ("dimension_1", "dimension_2") for name in chosen[column].unique()} | {"totaal"}
    area, period = pl.col("area_level").replace_strict(AREA_STEPS), pl.col("period_grain").replace_strict(PERIOD_STEPS)
    finest = chosen.select(area.max().alias("area"), period.max().alias("period")).row(0)
    return rows.filter(
        pl.col("depth") <= policy.deepest,
        area <= pl.lit(finest[0], pl.Int64),
        period <= pl.lit(finest[1], pl.Int64),
        pl.col("dimension_1").is_in(sorted(names)),
        pl.col("dimension_2").is_in(sorted(names)),
    )
