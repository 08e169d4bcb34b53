"""The audit: what each attacker reaches, compared with all worlds counted one by one; and leaks that are planted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure.attack import Attacker, audit, usual_attackers
from pipelines.disclosure.model import Cells, Facts, TablesDoNotAddUp, tabulate

TOP = 4  # no count of the small tables is higher, so that all worlds can be counted


def small_cells(sets: Sequence[set[int]], inner: int, facts: Facts | None = None) -> Cells:
    rows = np.array([[int(place in members) for place in range(inner)] for members in sets], dtype=np.int64).reshape(-1, inner)
    return Cells(sp.csr_matrix(rows), pl.DataFrame({"cell": [f"c{number}" for number in range(len(sets))]}), facts)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Cells, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Up to five inner cells, their grand total published so that worlds can be counted, other cells published or not, a fact."""
    inner = draw(st.integers(1, 5))
    counts = np.array(draw(st.lists(st.integers(0, 2), min_size=inner, max_size=inner)))
    counts[np.cumsum(counts) > TOP] = 0
    sets = [set(range(inner)), *draw(st.lists(st.sets(st.integers(0, inner - 1), min_size=1), min_size=1, max_size=6))]
    row = np.array([draw(st.lists(st.integers(-1, 2), min_size=inner, max_size=inner))])
    slack = draw(st.integers(0, 2))
    cells = small_cells(sets, inner, Facts(sp.csr_matrix(row), row @ counts - slack, row @ counts + slack) if draw(st.booleans()) else None)
    published = np.array([True, *draw(st.lists(st.booleans(), min_size=len(sets) - 1, max_size=len(sets) - 1))])
    return cells, counts, published, np.full(len(sets), draw(st.integers(1, 3))), np.array(cells.inner @ counts)


def reached(case: tuple[Cells, np.ndarray, np.ndarray, np.ndarray, np.ndarray], attacker: Attacker, place: int | None) -> np.ndarray | None:
    """The room of each cell over all worlds, counted one by one; None where there is no world with the attacker's records in this place."""
    cells, inner, published, _, counts = case
    matrix, rows = cells.inner.toarray(), cells.facts.rows.toarray()
    seen = []
    for each in itertools.product(range(int(inner.sum()) + 1), repeat=len(inner)):
        world = np.array(each)
        sums, facts = matrix @ world, rows @ world
        if (sums[published] != counts[published]).any() or (facts < cells.facts.lower).any() or (facts > cells.facts.upper).any():
            continue
        if (sums[~published] < attacker.at_least).any() or (place is not None and world[place] < attacker.own):
            continue
        seen.append(sums)
    return np.ptp(np.array(seen), axis=0) if seen else None


@given(situations())
@settings(max_examples=60, deadline=None)
def test_the_audit_says_of_every_cell_what_counting_all_worlds_says(case: tuple[Cells, np.ndarray, np.ndarray, np.ndarray, np.ndarray]) -> None:
    cells, inner, published, need, counts = case
    zeros_shown = bool((counts[~published] > 0).all())
    attackers = usual_attackers(zeros_shown=zeros_shown)
    found = audit(cells, counts, published, need, attackers)
    for attacker in attackers:
        places = list(range(len(inner))) if attacker.own else [None]
        rooms = [room for place in places if (room := reached(case, attacker, place)) is not None]
        room = np.min(rooms, axis=0) if rooms else np.full(len(need), 99)
        told = found.intervals.filter(pl.col("attacker") == attacker.name)
        for cell, low, high, is_narrow in told.select("cell", "low", "high", "is_narrow").iter_rows():
            assert is_narrow == bool(room[cell] < need[cell]), (attacker.name, cell)
            if not is_narrow and rooms:
                assert need[cell] <= high - low <= room[cell]
        assert set(told["cell"]) == set(np.flatnonzero(~published))


def safe_table() -> tuple[Cells, np.ndarray, np.ndarray, np.ndarray]:
    """Three teams by three forms, with totals; the four small counts hide each other."""
    units = pl.DataFrame({"team": ["A1", "A2", "A3"]}).join(pl.DataFrame({"vorm": ["arbeid", "seksueel", "crimineel"]}), how="cross")
    cells = tabulate(units, [[], ["team"], ["vorm"], ["team", "vorm"]])
    inner = np.array([3, 4, 20, 2, 4, 30, 10, 11, 12])
    counts = np.array(cells.inner @ inner)
    small = cells.addresses.select((pl.col("team").is_in(["A1", "A2"]) & pl.col("vorm").is_in(["arbeid", "seksueel"])).fill_null(False)).to_series()
    return cells, inner, counts, ~small.to_numpy()


def narrow_names(cells: Cells, counts: np.ndarray, published: np.ndarray, inner: np.ndarray, *, need: int = 2) -> set[str]:
    found = audit(cells, counts, published, np.full(len(counts), need), usual_attackers(zeros_shown=False))
    return {cells.name(int(cell)) for cell in found.narrow["cell"]}


SMALL = {f"team {team}, vorm {vorm}" for team in ("A1", "A2") for vorm in ("arbeid", "seksueel")}


def test_a_table_whose_small_counts_hide_each_other_is_safe() -> None:
    cells, inner, counts, published = safe_table()
    assert narrow_names(cells, counts, published, inner) == set()


def test_one_cell_shown_gives_away_the_other_three() -> None:
    cells, inner, counts, published = safe_table()
    published = published | np.array([cells.name(cell) == "team A1, vorm arbeid" for cell in range(len(counts))])
    assert narrow_names(cells, counts, published, inner) == SMALL - {"team A1, vorm arbeid"}


def test_a_rate_that_is_too_precise_gives_the_count_away() -> None:
    """3 of 5,000 is 6.0 per 10,000: with one decimal no other count gives it."""
    cells, inner, counts, published = safe_table()
    (cell,) = [cell for cell in range(len(counts)) if cells.name(cell) == "team A1, vorm arbeid"]
    limits = ((rate + np.array([-step, step]) / 2) * 5000 / 10_000 for rate, step in ((6.0, 0.1), (5.0, 10.0)))
    precise, rough = (Facts(cells.inner[cell], each[:1], each[1:]) for each in limits)
    assert narrow_names(Cells(cells.inner, cells.addresses, precise), counts, published, inner) == SMALL
    assert narrow_names(Cells(cells.inner, cells.addresses, rough), counts, published, inner) == set()


def test_an_older_release_that_showed_more_is_seen_when_it_is_joined() -> None:
    """The first release withheld nothing of A2; nothing of it was revised, so its inner cells are the same."""
    cells, inner, counts, published = safe_table()
    (cell,) = [cell for cell in range(len(counts)) if cells.name(cell) == "team A2, vorm seksueel"]
    joined = Cells(
        sp.vstack([cells.inner, cells.inner[cell]]).tocsr(),
        pl.concat([cells.addresses, cells.addresses[cell].with_columns(uitgave=pl.lit("eerste"))], how="diagonal"),
    )
    assert narrow_names(joined, np.append(counts, counts[cell]), np.append(published, True), inner) == SMALL
    revised = sp.csr_matrix(sp.block_diag([cells.inner, sp.csr_matrix([[1]])]))  # a revision may have changed it: an inner cell of its own
    joined = Cells(revised, joined.addresses)
    assert narrow_names(joined, np.append(counts, counts[cell]), np.append(published, True), np.append(inner, counts[cell])) == set()


def test_a_total_added_later_gives_away_what_it_completes() -> None:
    cells, inner, counts, published = safe_table()
    pair = sp.csr_matrix(
        cells.inner[[cell for cell in range(len(counts)) if cells.name(cell) in ("team A1, vorm arbeid", "team A2, vorm seksueel")]].sum(axis=0)
    )
    added = Cells(sp.vstack([cells.inner, pair]).tocsr(), pl.concat([cells.addresses, pl.DataFrame({"team": ["A1 en A2"]})], how="diagonal"))
    assert narrow_names(added, np.append(counts, pair @ inner), np.append(published, True), inner) == SMALL


def test_where_noughts_are_shown_one_who_knows_the_rules_gets_closer() -> None:
    """Two counts that sum to two are one each, once nought is told apart from small."""
    cells = small_cells([{0, 1}, {0}, {1}], 2)
    counts, published = np.array([2, 1, 1]), np.array([True, False, False])
    found = audit(cells, counts, published, np.full(3, 1), usual_attackers(zeros_shown=True, own=0))
    assert set(found.narrow["attacker"]) == {"regelkenner", "insider"}
    assert set(found.narrow["cell"]) == {1, 2}


def test_an_insider_takes_the_own_record_out() -> None:
    """Of two persons in two cells one knows the own place: the other count is nought or one, not two."""
    cells = small_cells([{0, 1}, {0}, {1}], 2)
    counts, published = np.array([2, 1, 1]), np.array([True, False, False])
    found = audit(cells, counts, published, np.full(3, 2), usual_attackers(zeros_shown=False))
    assert set(found.narrow["attacker"]) == {"insider"}


def test_tables_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(TablesDoNotAddUp):
        audit(small_cells([{0, 1}, {0}, {1}], 2), np.array([2, 5, 0]), np.array([True, True, False]), np.full(3, 1), [Attacker("buitenstaander")])
