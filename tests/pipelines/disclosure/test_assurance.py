"""From counts to a release with its proof: no attacker narrows a withheld cell, on whatever is drawn; else there is no release."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from pipelines.disclosure.assurance import Assured, assure
from pipelines.disclosure.attack import audit, usual_attackers
from pipelines.disclosure.certificate import certificate_tables
from pipelines.disclosure.check_worlds import check
from pipelines.disclosure.model import NotACount, TablesDoNotAddUp, TwoValues, tabulate
from pipelines.disclosure.suppression import CannotProtect, Wish
from pipelines.disclosure.witness import lay_out_worlds
from tests.pipelines.disclosure.instances import random_instance
from tests.pipelines.disclosure.instances import wish as asked
from tests.pipelines.disclosure.turns import assure_for_public, assure_in_turn, is_alone, join_audiences, struck_out

IN_CI, FOR_BOTH, MOST_CELLS = 100, 20, 80  # of a thousand in `make bench`, and of any size; the few large ones took most of the time


@pytest.mark.slow
def test_no_attacker_narrows_a_withheld_cell_of_any_release_drawn_and_outsiders_can_check_it() -> None:
    wanted = shown = refused = 0
    drawn = ((seed, random_instance(np.random.default_rng(seed))) for seed in itertools.count())
    for seed, instance in itertools.islice(((seed, each) for seed, each in drawn if len(each.counts) <= MOST_CELLS), IN_CI):
        try:
            outcome = assure_in_turn(instance, seed)
        except CannotProtect:  # rates and noughts that are public whatever is withheld may say too much together: then nothing goes out
            refused += 1
            continue
        assert outcome.assured.audit.narrow.is_empty(), seed
        assert set(outcome.assured.audit.intervals["attacker"]) <= {"buitenstaander", "regelkenner", "insider"}
        tables = certificate_tables(instance.cells, instance.counts, outcome.assured.published, outcome.need, outcome.assured.worlds)
        assert check(**tables) == [], seed
        assert struck_out(instance, outcome, seed) == 0, "who knows the method rules out a world of the proof"
        wanted, shown = wanted + outcome.wanted, shown + outcome.shown
    assert shown > wanted / 2, "what can be shown is withheld"
    assert refused <= IN_CI // 10


@pytest.mark.slow
def test_who_reads_what_professionals_see_beside_what_the_public_sees_narrows_nothing() -> None:
    drawn = ((seed, random_instance(np.random.default_rng(seed))) for seed in itertools.count(IN_CI))
    for seed, instance in itertools.islice(((seed, each) for seed, each in drawn if is_alone(each) and len(each.counts) <= MOST_CELLS), FOR_BOTH):
        seen = assure_in_turn(instance, seed)
        public = assure_for_public(instance, seen, seed)
        known = asked(instance).public
        assert not (public & ~seen.assured.published & ~known).any(), "the public sees no more than professionals"
        assert not (instance.counts[public & ~known] < 2 * instance.threshold).any()
        assert join_audiences(instance, seen, public).is_empty(), seed


def table() -> tuple[pl.DataFrame, np.ndarray]:
    """Four teams by three forms, three counts below five."""
    units = pl.DataFrame({"team": ["A1", "A2", "A3", "A4"]}).join(pl.DataFrame({"vorm": ["arbeid", "seksueel", "crimineel"]}), how="cross")
    return units, np.array([3, 24, 20, 2, 14, 30, 10, 1, 12, 9, 8, 7])


def assured(seed: int, need: int = 2) -> tuple[Assured, np.ndarray]:
    units, inner = table()
    cells = tabulate(units, [[], ["team"], ["vorm"], ["team", "vorm"]])
    counts = np.array(cells.inner @ inner)
    wish = Wish(counts < 5, np.zeros(len(counts), dtype=bool), np.full(len(counts), need), np.ones(len(counts)))
    return assure(cells, counts, inner, wish, usual_attackers(zeros_shown=False), seed=seed), counts


def test_every_small_count_is_withheld_and_all_totals_are_shown() -> None:
    outcome, counts = assured(seed=1)
    assert not outcome.published[counts < 5].any()
    assert outcome.published[:8].all()
    assert (~outcome.published).sum() <= 7


def test_another_seed_hides_other_cells_so_that_the_choice_itself_says_little() -> None:
    assert len({assured(seed)[0].published.tobytes() for seed in range(6)}) > 1


def test_a_walk_over_other_choices_withholds_no_more_and_is_as_safe() -> None:
    units, inner = table()
    cells = tabulate(units, [[], ["team"], ["vorm"], ["team", "vorm"]])
    counts = np.array(cells.inner @ inner)
    wish = Wish(counts < 5, np.zeros(len(counts), dtype=bool), np.full(len(counts), 1), np.ones(len(counts)))
    withheld = []
    for walk in (0, 50):
        outcomes = [assure(cells, counts, inner, wish, usual_attackers(zeros_shown=False), seed=seed, walk=walk) for seed in range(4)]
        assert all(each.audit.narrow.is_empty() for each in outcomes)
        withheld.append(sum(int((~each.published).sum()) for each in outcomes))
    assert withheld[1] <= withheld[0]


def test_the_same_seed_gives_the_same_release() -> None:
    one, other = assured(seed=3)[0], assured(seed=3)[0]
    assert (one.published == other.published).all()
    assert (one.worlds == other.worlds).all()


def test_the_worlds_do_not_depend_on_the_counts_that_are_withheld() -> None:
    """Two truths that agree on all that is published give the same worlds: so these cannot give the truth away."""
    outcome, _ = assured(seed=1)
    units, inner = table()
    cells = tabulate(units, [[], ["team"], ["vorm"], ["team", "vorm"]])
    need = np.full(len(outcome.published), 2)
    made = []
    for truth in (inner, outcome.worlds[-1]):
        found = audit(cells, np.array(cells.inner @ truth), outcome.published, need, usual_attackers(zeros_shown=False))
        made.append(lay_out_worlds(cells, outcome.published, need, found.known, found.worlds)[0])
    assert (made[0] == made[1]).all()


def test_the_tables_of_a_certificate_hold_no_withheld_count_not_even_behind_a_null() -> None:
    outcome, counts = assured(seed=1)
    units, _ = table()
    cells = tabulate(units, [[], ["team"], ["vorm"], ["team", "vorm"]])
    column = certificate_tables(cells, counts, outcome.published, np.full(len(counts), 2), outcome.worlds)["cells"]["count"].chunk(0)
    assert (counts[~outcome.published] > 0).all()
    held = np.frombuffer(column.buffers()[1], dtype=np.int64)[: len(counts)]
    assert (held[~outcome.published] == 0).all()
    assert (held[outcome.published] == counts[outcome.published]).all()


def test_counts_that_are_none_or_do_not_agree_give_no_release() -> None:
    units, inner = table()
    cells = tabulate(units, [[], ["team"], ["vorm"], ["team", "vorm"], ["team"]])
    counts = np.array(cells.inner @ inner).astype(float)
    wish = Wish(counts < 5, np.zeros(len(counts), dtype=bool), np.full(len(counts), 2), np.ones(len(counts)))
    for place, value, error in ((1, -1, NotACount), (1, 2.5, NotACount), (1, counts[1] + 1, TwoValues), (0, counts[0] + 1, TablesDoNotAddUp)):
        wrong = counts.copy()
        wrong[place] = value
        with pytest.raises(error):
            assure(cells, wrong, inner, wish, usual_attackers(zeros_shown=False), seed=1)


def test_what_is_public_already_and_narrows_a_cell_is_said_with_its_address() -> None:
    units, inner = table()
    cells = tabulate(units, [[], ["team"], ["vorm"], ["team", "vorm"]])
    counts = np.array(cells.inner @ inner)
    public = (counts >= 5) & cells.addresses["team"].is_not_null().to_numpy()
    wish = Wish(counts < 5, public, np.full(len(counts), 2), np.ones(len(counts)))
    with pytest.raises(CannotProtect, match=r"what is public already narrows (totaal|team A\d|vorm [a-z]+|team A\d, vorm [a-z]+) down"):
        assure(cells, counts, inner, wish, usual_attackers(zeros_shown=False), seed=1)
