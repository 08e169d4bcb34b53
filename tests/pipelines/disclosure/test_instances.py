"""The random instances that the property tests of disclosure control draw."""

from collections import Counter

import numpy as np
import pytest

from tests.pipelines.disclosure.instances import MOST_CELLS, MOST_INNER, random_instance, wish


@pytest.mark.slow
def test_random_instances_are_sound_small_and_of_every_shape() -> None:
    seen: Counter[str] = Counter()
    for seed in range(200):
        instance = random_instance(np.random.default_rng(seed))
        cells, asked = instance.cells, wish(instance)
        cells.check(instance.counts, instance.inner_counts)
        assert cells.addresses.is_unique().all()
        assert cells.inner.shape[0] <= MOST_CELLS
        assert cells.inner.shape[1] <= MOST_INNER
        assert (cells.inner.sum(axis=0) > 0).all()
        assert not (asked.primary & asked.public).any()
        assert (asked.need[np.diff(cells.inner.indptr) == 0] == 0).all()
        small = instance.counts[asked.public] < instance.threshold
        assert not (small & (instance.zeros_alike | (instance.counts[asked.public] > 0))).any()
        releases = cells.addresses["uitgave"].n_unique()
        exact = cells.facts.lower == cells.facts.upper
        seen.update(
            name
            for name, is_there in {
                "facts": len(exact) > 0,
                "divisions": exact.any(),
                "several-valued": "vormen" in cells.addresses.columns,
                "releases": releases > 1,
                "many releases": releases > 4,
                "public before": instance.public.any(),
                "overlapping areas": "team" in cells.addresses.columns,
                "noughts alike": instance.zeros_alike,
                "noughts public": not instance.zeros_alike,
                "something to withhold": asked.primary.any(),
                "needs differ": len(np.unique(instance.need[instance.need > 0])) > 1,
            }.items()
            if is_there
        )
    assert min(seen.values()) >= 10, seen
    assert len(seen) == 11, seen
