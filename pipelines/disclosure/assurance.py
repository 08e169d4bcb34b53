"""Protect until the auditor finds nothing: the one way from counts to what may be published, with the worlds that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipelines.disclosure.attack import Attacker, Audit, audit
from pipelines.disclosure.model import Cells
from pipelines.disclosure.room import Enemy
from pipelines.disclosure.suppression import CannotProtect, Wish, suppress
from pipelines.disclosure.witness import lay_out_worlds

ROUNDS = 8  # of asking more room for cells that whole numbers leave less than linear programmes do


class Assured(NamedTuple):
    """published: boolean per cell; audit: what the attackers reach; worlds (int64, worlds x inner cells): the certificate's."""

    published: np.ndarray
    audit: Audit
    worlds: np.ndarray


def protect(
    cells: Cells, counts: np.ndarray, inner_counts: np.ndarray, wish: Wish, attackers: Sequence[Attacker], *, seed: int, restarts: int = 8, walk: int = 0
) -> np.ndarray:
    """What may be published as far as linear programmes see, without proof: `suppress` against these attackers at once.

    Arguments and what it raises: as `assure`."""
    cells.check(counts, inner_counts)
    enemy = Enemy(max((each.at_least for each in attackers), default=0), max((each.own for each in attackers), default=0))
    return suppress(cells, counts, wish, inner_counts=inner_counts, enemy=enemy, seed=seed, restarts=restarts, walk=walk)


def assure(
    cells: Cells,
    counts: np.ndarray,
    inner_counts: np.ndarray,
    wish: Wish,
    attackers: Sequence[Attacker],
    *,
    seed: int,
    restarts: int = 8,
    walk: int = 0,
    first: np.ndarray | None = None,
) -> Assured:
    """What may be published so that no attacker narrows a withheld cell below its need, and the proof.

    counts: whole numbers per cell; inner_counts: of the inner cells; wish: what policy asks of each cell; seed: secret; restarts, walk: see
    `suppress`; first: what `protect` has given for the same, where that is known already.
    Raises NotACount, TwoValues and TablesDoNotAddUp for counts that are none or do not agree, CannotProtect where the auditor keeps finding
    narrow cells or the worlds do not show every cell to be wide, NoAnswer when a solver stops: then nothing may be published.
    """
    cells.check(counts, inner_counts)
    asked = wish
    published = first
    for _ in range(ROUNDS):
        if published is None:
            published = protect(cells, counts, inner_counts, asked, attackers, seed=seed, restarts=restarts, walk=walk)
        found = audit(cells, counts, published, wish.need, attackers)
        if found.narrow.is_empty():
            worlds, missing = lay_out_worlds(cells, published, wish.need, found.known, found.worlds)
            if missing.any():
                raise CannotProtect(f"the worlds of the certificate do not cover {int(missing.sum())} cells, the first: {cells.name(int(np.argmax(missing)))}")
            return Assured(published, found, worlds)
        need = asked.need.copy()
        need[found.narrow["cell"].to_numpy()] += 1
        asked, published = asked._replace(need=need), None
    name = cells.name(int(found.narrow["cell"][0]))
    raise CannotProtect(f"{found.narrow['cell'].n_unique()} cells stay narrow after {ROUNDS} rounds, the first: {name}; withhold its table whole")
