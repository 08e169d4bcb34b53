"""From the figures of one group of persons to what an audience may see of them, with the worlds that prove it.

Tables first: a table goes out when it is no finer than policy allows and most of its figures can be shown; the others are withheld whole,
for a table full of holes tells little and endangers much. Then figures: a small count is withheld with all that it follows from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import scipy.sparse as sp

from pipelines.disclosure.assurance import assure, protect
from pipelines.disclosure.attack import Attacker
from pipelines.disclosure.balance import Together
from pipelines.disclosure.blocks import Block, resolve_sums, split
from pipelines.disclosure.decoys import drawn_rows
from pipelines.disclosure.earlier import follow, recall, unguard
from pipelines.disclosure.figures import ADDRESS, TABLE, Figures, read_figures
from pipelines.disclosure.model import Cells
from pipelines.disclosure.sums import Sums
from pipelines.disclosure.suppression import CannotProtect, Wish, suppress_by_sums
from pipelines.disclosure.tables import judged_rows
from pipelines.disclosure.universe import several_valued

#: The more an additivity says of sums, the earlier; a catalogue entry that has none says nothing.
ADDITIVITY = ("som", "personen", "niet", "None")


class Policy(NamedTuple):
    """What policy asks of figures about persons, for one audience.

    threshold: counts below it are withheld, noughts too; share: of the figures of a table at least so many must be shown, or none is;
    deepest: how many steps a table may go down (`figures.AREA_STEPS`, `PERIOD_STEPS`, one for a breakdown) and still have a figure
    withheld; a deeper one goes out whole or not at all. Of whatever is withheld the highest and the lowest count that are possible, as far as
    anybody knows, differ by threshold - 1 at the least. decoys: the chance that a count is withheld by lot (see `pipelines.disclosure.decoys`).
    """

    threshold: int
    share: float = 0.9
    deepest: int = 3
    decoys: float = 0.0


class Proof(NamedTuple):
    """One block, as `certificate_tables` takes it: nothing outside it says anything about it. Where nothing in it that must keep its room
    is withheld, there are no worlds."""

    cells: Cells
    counts: np.ndarray
    published: np.ndarray
    need: np.ndarray
    worlds: np.ndarray


class Protected(NamedTuple):
    """published: numbers of the rows of `values` that may be shown; tables: one row per table (the columns of TABLE, `depth`, `figures`,
    `fit`: how many policy itself would show, `shown`: how many are); proofs: one per block; counts: for whoever protects the next release
    (`known` of `protect_figures`)."""

    published: np.ndarray
    tables: pl.DataFrame
    proofs: list[Proof]
    counts: pl.DataFrame


def protect_figures(
    values: pl.DataFrame,
    entries: Sequence[Mapping[str, Any]],
    parents: pl.DataFrame,
    policies: Mapping[str, Policy],
    attackers: Sequence[Attacker],
    *,
    seed: int,
    barred: np.ndarray | None = None,
    known: pl.DataFrame | None = None,
) -> Protected:
    """What may be shown of `values` (rows of a release, its 15 columns) about the persons of one universe (see `each_universe`).

    entries: of the catalogue; parents: see `area_parents`; policies: per indicator (of a count that several show the highest threshold is
    asked); seed: secret; barred: numbers of rows that must not be shown, whatever they hold;
    known: the counts of earlier releases for these readers (the columns of ADDRESS, `count`, `is_shown`; a row for each value that a count
    has had; `is_elsewhere`, if it is there, for those that others have published), None where this is the first. A count that was shown and has
    not changed since is public. Where one has changed, what was withheld beside it and has not changed stays withheld: else the two releases
    together tell what the changed one was.
    Every figure that is not published is withheld, all with one sign. What is proved is about tables as deep as policy lets them be and no
    finer in areas or periods than those that go out and tell persons apart by as much. In finer ones counts keep the room of those above them, for all
    persons of an area (a period, a group) can be in any one part of it.
    Not looked at: tables deeper than `Policy.deepest`, and whether every world could also be divided over these.
    Raises what `assure` raises; CannotProtect only where earlier releases have told too much, for else the finest tables of a block that
    cannot be protected are withheld whole and the rest is tried again.
    """
    figures = read_figures(values, entries)
    figures = unguard(figures._replace(counts=recall(_with_threshold(figures, policies), known)))
    small = figures.shown.join(figures.counts.filter(pl.col("count") < pl.col("threshold")), on="cell", how="semi")["row"]
    rows = figures.rows.with_columns(_asked(policies, "deepest"), _asked(policies, "decoys"))
    unfit = pl.concat([small, drawn_rows(rows, figures, seed), pl.Series(np.zeros(0) if barred is None else barred, dtype=small.dtype)]).unique()
    rows = rows.with_columns(is_fit=~pl.col("row").is_in(unfit.implode())).drop("decoys")
    tables = rows.group_by(TABLE, maintain_order=True).agg(pl.col("depth", "deepest").first(), figures=pl.len(), fit=pl.col("is_fit").sum())
    asked = pl.when(pl.col("depth") <= pl.col("deepest")).then(_asked(policies, "share")).otherwise(1.0) * pl.col("figures")
    chosen = tables.filter(pl.col("fit") >= asked).select(TABLE)
    memory: dict[bytes, np.ndarray] = {}
    # programmes take most of the time, and worlds: only once the tables are settled without
    stages = list(Stage)
    attempt = _Attempt(figures, rows, chosen, entries, parents, memory)
    while True:
        refused = attempt.run(attackers, seed, stages[0])
        shown = rows.filter(pl.col("row").is_in(attempt.published)).group_by(TABLE).agg(shown=pl.len())
        counted = tables.join(shown, on=list(TABLE), how="left", maintain_order="left").with_columns(pl.col("shown").fill_null(0))
        weak = counted.join(chosen, on=list(TABLE), how="semi").filter(pl.col("shown") < asked)
        weak = weak.filter(pl.col("depth") == pl.col("depth").max()).select(TABLE) if refused.is_empty() else refused
        if weak.is_empty() and stages[0] is Stage.PROOF:
            is_shown = figures.shown.filter(pl.col("row").is_in(attempt.published))["cell"].unique().implode()
            counts = figures.counts.select(*ADDRESS, "count", is_shown=pl.col("cell").is_in(is_shown) | pl.col("is_public"))
            return Protected(attempt.published, counted.drop("deepest"), attempt.proofs, counts)
        if weak.is_empty():
            stages.pop(0)
            continue
        if stages[0] is Stage.PROOF:
            stages = [Stage.PROGRAMMES, Stage.PROOF]
        chosen = chosen.join(weak, on=list(TABLE), how="anti")
        attempt = _Attempt(figures, rows, chosen, entries, parents, memory)


class Stage(Enum):
    """How far one attempt goes."""

    SUMS = "single sums"
    PROGRAMMES = "linear programmes"
    PROOF = "audit and worlds"


class _Attempt:
    """One choice of tables to go out, and what comes of it."""

    def __init__(
        self,
        figures: Figures,
        rows: pl.DataFrame,
        chosen: pl.DataFrame,
        entries: Sequence[Mapping[str, Any]],
        parents: pl.DataFrame,
        memory: dict[bytes, np.ndarray],
    ) -> None:
        self.memory = memory
        told = figures.shown.join(figures.counts.filter("is_public"), on="cell", how="semi")
        judged = judged_rows(rows, pl.concat([chosen, rows.join(told, on="row", how="semi").select(TABLE)]))
        self.out = judged.join(chosen, on=list(TABLE), how="semi").filter("is_fit")
        # with one figure of a table that goes out whole or not at all, all of them go
        self.out = self.out.with_columns(at_stake=pl.when(pl.col("depth") > pl.col("deepest")).then(pl.len().over(TABLE)).otherwise(0))
        shown = figures.shown.join(judged.select("row"), on="row", how="semi")
        counts = figures.counts.join(shown, on="cell", how="semi").rename({"cell": "before"}).with_row_index("cell")
        # a count that adds up over periods in one indicator does so in all; a mean, say, does not, and its cases do
        additivity = min((str(entry.get("additivity")) for entry in entries), key=ADDITIVITY.index)
        self.sums = Sums(counts, parents, several=several_valued(entries), additivity=additivity)
        self.counts, threshold = self.sums.values, counts["threshold"].to_numpy()
        is_rest = np.arange(len(self.counts)) >= counts.height
        # a rest is in no table: that a large one follows takes nothing from what is withheld
        self.threshold = np.append(threshold, np.full(is_rest.sum(), threshold.max(initial=1)))
        self.need = np.where(self.sums.is_guarded & ~(is_rest & (self.counts >= self.threshold)), self.threshold - 1, 0)
        self.public, self.barred, self.changed = (
            np.append(counts[name].to_numpy(), np.zeros(len(self.need) - counts.height, dtype=bool)) for name in ("is_public", "was_withheld", "has_changed")
        )
        self.need[follow(self.sums.equations, self.public)] = 0  # known already, from a count of an area that is no longer there, say
        places = (
            shown.join(self.out.select("row").with_row_index("figure"), on="row")
            .join(counts.select("cell", "before"), left_on="cell", right_on="before", suffix="_now")
            .select("figure", "cell_now")
            .sort("figure", "cell_now")
        )
        ones = np.ones(places.height, dtype=np.int64)
        self.rows = sp.csr_matrix((ones, (places["figure"].to_numpy(), places["cell_now"].to_numpy())), shape=(self.out.height, len(self.counts)))
        self.worth = 1 + np.log1p(self.counts) + self.rows.T @ self.out["at_stake"].to_numpy()
        cells, self.base = resolve_sums(self.sums.facts, self.sums.addresses)
        self.blocks = list(split(cells))

    def run(self, attackers: Sequence[Attacker], seed: int, stage: Stage) -> pl.DataFrame:
        """Protect block by block, as far as this stage goes; gives the tables that must go first where a block cannot be protected."""
        self.proofs = list[Proof]()
        for block in self.blocks:
            self.barred[block.places] &= self.changed[block.places].any()
        free = np.flatnonzero(self.rows @ self.barred == 0)
        self.rows, self.out = self.rows[free], self.out[free]
        published = (np.asarray(self.rows.sum(axis=0)).ravel() > 0) | self.public
        for block in self.blocks:
            places = block.places
            if not (self.need[places] * ~published[places]).any():
                if stage is Stage.PROOF:
                    block.cells.check(self.counts[places], self.counts[self.base][block.inner_places])
                nothing = np.zeros((0, len(block.inner_places)), dtype=np.int64)
                self.proofs.append(Proof(block.cells, self.counts[places], published[places], self.need[places], nothing))
                continue
            try:
                published[places] = self._protect(block, self.counts[self.base][block.inner_places], attackers, seed, stage)
            except CannotProtect:
                if (refused := self._finest(places)).is_empty():
                    raise
                return refused
        whole = self.rows @ (~published).astype(np.int64) == 0
        self.published = self.out["row"].to_numpy()[whole]
        return self.out.select(TABLE).clear()

    def _protect(self, block: Block, inner_counts: np.ndarray, attackers: Sequence[Attacker], seed: int, stage: Stage) -> np.ndarray:
        counts, threshold, need, public, barred = (each[block.places] for each in (self.counts, self.threshold, self.need, self.public, self.barred))
        rows, sums = (_within(each, block.places) for each in (self.rows, self.sums.equations))
        wish = Wish((counts < threshold) | barred, public, need, self.worth[block.places], Together(rows, sums))
        if stage is Stage.SUMS:
            return suppress_by_sums(counts, wish, seed=seed)
        key = hashlib.sha256()
        for matrix in (block.cells.inner, block.cells.facts.rows, rows, sums):
            key.update(matrix.indptr.tobytes() + matrix.indices.tobytes() + matrix.data.tobytes())
        for array in (counts, need, public, barred, wish.worth, block.cells.facts.lower, block.cells.facts.upper):
            key.update(array.tobytes())
        if (first := self.memory.get(key.digest())) is None:  # else other tables were withheld since, and this block has none of them
            first = self.memory[key.digest()] = protect(block.cells, counts, inner_counts, wish, attackers, seed=seed)
        if stage is Stage.PROGRAMMES:
            return first
        assured = assure(block.cells, counts, inner_counts, wish, attackers, seed=seed, first=first)
        self.proofs.append(Proof(block.cells, counts, assured.published, need, assured.worlds))
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


def _with_threshold(figures: Figures, policies: Mapping[str, Policy]) -> pl.DataFrame:
    """The counts with the highest `threshold` of the indicators that show them."""
    beside = figures.shown.join(figures.rows.select("row", threshold=_asked(policies, "threshold")), on="row")
    return figures.counts.join(beside.group_by("cell").agg(pl.col("threshold").max()), on="cell", how="left", maintain_order="left")


def _asked(policies: Mapping[str, Policy], field: str) -> pl.Expr:
    return pl.col("indicator_id").replace_strict({name: getattr(policy, field) for name, policy in policies.items()}).alias(field)
