"""Releases about the same persons, assured one after the other as they come; for the property test and for `make bench`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from pipelines.disclosure.assurance import Assured, assure, protect
from pipelines.disclosure.attack import audit, usual_attackers
from pipelines.disclosure.decoys import add_decoys
from pipelines.disclosure.suppression import CannotProtect, Wish
from tests.pipelines.disclosure.instances import Instance

DECOYS = 0.05  # the chance that a cell at the threshold is withheld by lot


class Outcome(NamedTuple):
    """The last release, what policy asked of its cells, and how many cells could have been shown and were."""

    assured: Assured
    need: np.ndarray
    wanted: int
    shown: int


def assure_in_turn(instance: Instance, seed: int) -> Outcome:
    """Release by release, as they come: what one published is public for the next, what it withheld stays withheld."""
    counts, cells = instance.counts, instance.cells
    small = (counts < instance.threshold) & (instance.zeros_alike | (counts > 0))
    release = cells.addresses["uitgave"].to_numpy()
    published = np.zeros(len(counts), dtype=bool) if instance.zeros_alike else counts == 0
    wanted = 0
    for now in np.unique(release):
        candidates = (release == now) & ~small & ~published & (instance.public | (now == release.max()))
        need = np.where(release <= now, instance.need, 0)
        wish = Wish(~candidates & ~published, published, need, np.ones(len(counts)))
        wish = add_decoys(wish, counts, instance.threshold, DECOYS, np.random.default_rng([seed, now]))
        assured = assure(cells, counts, instance.inner_counts, wish, usual_attackers(zeros_shown=not instance.zeros_alike), seed=seed)
        published, wanted = assured.published, wanted + int(candidates.sum())
    shown = int(published.sum() - (0 if instance.zeros_alike else (counts == 0).sum()))
    return Outcome(assured, need, wanted, shown)


def struck_out(instance: Instance, outcome: Outcome, seed: int) -> int:
    """How many worlds of the proof can be ruled out by who knows the method and not the seed: those in which it withholds more than it did, also
    where a lot drew what is large there and is withheld."""
    cells, published = instance.cells, outcome.assured.published
    before = published & (cells.addresses["uitgave"] < cells.addresses["uitgave"].max()).to_numpy()
    attackers, found = usual_attackers(zeros_shown=not instance.zeros_alike), 0
    for number, world in enumerate(outcome.assured.worlds):
        counts = cells.inner @ world
        wish = Wish(~published, before | (published & (counts == 0) & (not instance.zeros_alike)), outcome.need, np.ones(len(counts)))
        try:
            found += bool((protect(cells, counts, world, wish, attackers, seed=seed + number) != published).any())
        except CannotProtect:
            found += 1
    return found


def is_alone(instance: Instance) -> bool:
    """Nothing was public before: no earlier release, and no rate that gives a count away."""
    return instance.cells.addresses["uitgave"].n_unique() == 1 and not instance.public.any()


def assure_for_public(instance: Instance, outcome: Outcome, seed: int) -> np.ndarray:
    """Of what professionals see of one release a part for everybody, from twice the threshold. Boolean per cell."""
    seen, known = outcome.assured.published, (instance.counts == 0) & (not instance.zeros_alike)
    wish = Wish(~known & (~seen | (instance.counts < 2 * instance.threshold)), known, outcome.need, np.ones(len(known)))
    attackers = usual_attackers(zeros_shown=not instance.zeros_alike)
    return assure(instance.cells, instance.counts, instance.inner_counts, wish, attackers, seed=seed + 1).published


def join_audiences(instance: Instance, outcome: Outcome, public: np.ndarray) -> pl.DataFrame:
    """The cells that are narrow for who reads what professionals see beside what the public sees."""
    both = outcome.assured.published | public
    attackers = usual_attackers(zeros_shown=not instance.zeros_alike)
    return audit(instance.cells, instance.counts, both, outcome.need, attackers).narrow
