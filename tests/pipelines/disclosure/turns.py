"""Releases about the same persons, assured one after the other as they come; for the property test and for `make bench`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipelines.disclosure.assurance import Assured, assure
from pipelines.disclosure.attack import usual_attackers
from pipelines.disclosure.suppression import Wish
from tests.pipelines.disclosure.instances import Instance


class Outcome(NamedTuple):
    """The last release, what policy asked of its cells, and which cells could have been shown and were."""

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
        assured = assure(cells, counts, instance.inner_counts, wish, usual_attackers(zeros_shown=not instance.zeros_alike), seed=seed)
        published, wanted = assured.published, wanted + int(candidates.sum())
    return Outcome(assured, need, wanted, int(published.sum() - (0 if instance.zeros_alike else (counts == 0).sum())))
