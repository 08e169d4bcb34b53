"""A lot among all counts, so that who knows the method cannot tell from what is withheld that it is small."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.disclosure.assurance import protect
from pipelines.disclosure.attack import usual_attackers
from pipelines.disclosure.decoys import add_decoys, drawn_rows
from pipelines.disclosure.earlier import recall
from pipelines.disclosure.figures import ADDRESS, TABLE, Figures, address_texts, read_figures
from pipelines.disclosure.model import tabulate
from pipelines.disclosure.suppression import Wish
from tests.pipelines.disclosure.frames import count_indicator, entry

THRESHOLD, SEED = 4, 20261128


def choose(inner: list[int], seed: int, lot: list[int]) -> list[bool]:
    """What goes out of a table of two by two with its totals, with a lot that draws these cells."""
    units = pl.DataFrame({"gemeente": ["A", "A", "B", "B"], "vorm": ["arbeid", "seksueel"] * 2})
    cells = tabulate(units, [[], ["gemeente"], ["vorm"], ["gemeente", "vorm"]])
    counts = np.array(cells.inner @ np.array(inner))
    primary = (counts < THRESHOLD) | np.isin(np.arange(len(counts)), lot)
    wish = Wish(primary, np.zeros(len(counts), dtype=bool), np.full(len(counts), THRESHOLD - 1), np.ones(len(counts)))
    return list(protect(cells, counts, np.array(inner), wish, usual_attackers(zeros_shown=False)[:1], seed=seed))


def test_without_a_lot_who_knows_the_method_rules_out_counts_that_agree_with_all_that_is_published() -> None:
    seen = [True, *[False] * 7, True]  # the total, 8, and the last cell, 4
    assert seen in [choose([2, 1, 1, 4], seed, lot=[]) for seed in range(10)]
    assert seen not in [choose([0, 0, 4, 4], seed, lot=[]) for seed in range(40)], "no seed hides so much of this world"


def test_with_a_lot_each_of_these_counts_could_have_led_to_what_is_published() -> None:
    seen = [True, *[False] * 7, True]
    assert [choose([0, 0, 4, 4], seed, lot=[2, 3, 7]) for seed in range(10)] == [seen] * 10


def test_a_lot_withholds_the_asked_share_of_counts_at_the_threshold_fewer_large_ones_and_nothing_that_is_public() -> None:
    nothing = np.zeros(20_000, dtype=bool)
    public, counts = np.arange(20_000) < 2_000, np.where(np.arange(20_000) < 10_000, THRESHOLD, 5 * THRESHOLD)
    primary = add_decoys(Wish(nothing, public, nothing, nothing), counts, THRESHOLD, 0.1, np.random.default_rng(1)).primary
    assert not primary[public].any()
    assert 0.08 < primary[2_000:10_000].mean() < 0.12
    assert 0 < primary[10_000:].mean() < 0.01


def figures(first_year: int = 2020) -> Figures:
    years = range(first_year, 2026)
    values = count_indicator("i", leaf="gemeente", base="maand", years=years, dims={}, mean=30.0, levels=("regio", "district", "gemeente"))
    found = read_figures(values, [entry("i")])
    return found._replace(counts=recall(found.counts.with_columns(threshold=pl.lit(10_000)), None))


def drawn(found: Figures, *, deepest: int = 9, seed: int = SEED) -> set[str]:
    """The addresses of the figures that a lot of one in ten withholds; of an indicator of one count each a row is a count."""
    rows = found.rows.with_columns(deepest=pl.lit(deepest), decoys=pl.lit(0.1))
    picked = found.shown.filter(pl.col("row").is_in(drawn_rows(rows, found, seed).implode()))
    return set(address_texts(found.counts.join(picked, on="cell", how="semi")))


def test_a_count_keeps_its_lot_in_every_release_and_another_seed_gives_another() -> None:
    whole, later = figures(), figures(first_year=2023)
    among = set(address_texts(later.counts))
    assert drawn(later) == drawn(whole) & among
    assert 0.05 < len(drawn(later)) / len(among) < 0.15
    assert drawn(later, seed=SEED + 1) != drawn(later)


def test_a_table_that_goes_out_whole_or_not_at_all_is_drawn_whole_or_not_at_all() -> None:
    found = figures()
    tables = found.rows.select(TABLE).unique().height
    for seed in range(20):
        rows = found.rows.with_columns(deepest=pl.lit(-1), decoys=pl.lit(0.1))
        picked = rows.filter(pl.col("row").is_in(drawn_rows(rows, found, seed).implode()))
        assert picked.height == rows.join(picked, on=list(TABLE), how="semi").height
        assert picked.select(TABLE).unique().height < tables / 2


def test_what_was_shown_before_is_not_drawn() -> None:
    found = figures()
    told = found.counts.select(*ADDRESS, "count", is_shown=pl.lit(value=True))
    assert not drawn(found._replace(counts=recall(found.counts.drop("is_public", "was_withheld", "has_changed", "is_elsewhere"), told)))
