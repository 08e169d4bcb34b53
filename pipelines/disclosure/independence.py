"""Secondary suppression by exact linear independence: no withheld count is a linear function of published ones.

After Langsrud 2024 (GaussSuppression): candidates are published one by one, dearest first, unless the span of what is published
would then hold a cell that must be withheld. Arithmetic is modulo a prime, so nothing is rounded.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from pipelines.disclosure.model import group_equal_rows

PRIME = (1 << 31) - 1  # products of two residues stay below 2 ** 62


def choose_published(inner: sp.csr_matrix, primary: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Which cells may be published so that no primary cell is a linear function of them; boolean, one per cell.

    inner: cells x inner cells, 0 or 1; primary: cells to withhold, boolean; order: indices of the other cells, the ones that
    are wanted most first. Only equations are looked at: that counts are whole and not below nought can still narrow a withheld
    one. Works on dense residues, candidates x groups of inner cells that no candidate tells apart.
    """
    published = np.zeros(inner.shape[0], dtype=bool)
    wanted, guarded = _reduced(inner, order, np.flatnonzero(primary))
    mark = np.random.default_rng(0).integers(1, PRIME, size=wanted.shape[1])  # a projection: parallel vectors have parallel shadows
    shadow = (guarded * mark % PRIME).sum(axis=1) % PRIME
    for place, cell in enumerate(order):
        row = wanted[place]
        support = np.flatnonzero(row)
        if not len(support):
            published[cell] = True  # what is published says it already
            continue
        lead = support[0]
        row = row * pow(int(row[lead]), -1, PRIME) % PRIME
        holders = np.flatnonzero(guarded[:, lead])
        factors = guarded[holders, lead]
        suspects = np.flatnonzero(factors * (int((row * mark % PRIME).sum()) % PRIME) % PRIME == shadow[holders])
        if any(np.array_equal(guarded[holders[each]], row * factors[each] % PRIME) for each in suspects):
            continue
        published[cell] = True
        guarded[np.ix_(holders, support)] = (guarded[np.ix_(holders, support)] - factors[:, None] * row[support]) % PRIME
        shadow[holders] = (guarded[holders] * mark % PRIME).sum(axis=1) % PRIME
        later = place + 1 + np.flatnonzero(wanted[place + 1 :, lead])
        wanted[np.ix_(later, support)] = (wanted[np.ix_(later, support)] - wanted[later, lead][:, None] * row[support]) % PRIME
    return published


def _reduced(inner: sp.csr_matrix, order: np.ndarray, primary: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Candidates and primary cells over groups of inner cells that no candidate tells apart, as residues.

    A primary cell that holds a part of a group can never be in the span: its row is left out.
    """
    candidates = inner[order].astype(np.int64)
    first, group = group_equal_rows(candidates.T)
    groups = sp.csr_matrix((np.ones(inner.shape[1], dtype=np.int64), (np.arange(inner.shape[1]), group)), shape=(inner.shape[1], len(first)))
    held = (inner[primary].astype(np.int64) @ groups).tocsr()
    sizes = np.bincount(group, minlength=len(first))
    parts = np.bincount(np.repeat(np.arange(held.shape[0]), np.diff(held.indptr)), weights=held.data < sizes[held.indices], minlength=held.shape[0])
    whole = held[np.flatnonzero(parts == 0)]
    whole.data = np.ones_like(whole.data)
    return candidates[:, first].toarray(), whole[group_equal_rows(whole)[0]].toarray()
