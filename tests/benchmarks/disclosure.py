"""Protect and prove on a table of the size of ours, and on a thousand small releases: time, loss and safety side by side."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import polars as pl

from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.assurance import assure
from pipelines.disclosure.attack import audit, usual_attackers
from pipelines.disclosure.certificate import certificate_tables
from pipelines.disclosure.check_worlds import check
from pipelines.disclosure.independence import choose_published
from pipelines.disclosure.model import Cells, group_equal_rows, tabulate
from pipelines.disclosure.protection import Policy, protect_figures
from pipelines.disclosure.suppression import CannotProtect, Wish
from tests.pipelines.disclosure.frames import SIX, areas, six_indicators
from tests.pipelines.disclosure.instances import random_instance
from tests.pipelines.disclosure.turns import assure_for_public, assure_in_turn, is_alone, join_audiences, struck_out

THRESHOLD, NEED, INSTANCES = 5, 1, 1_000
WALKED = "proved after a walk of 400"
POLICIES = {"professional": Policy(5, deepest=3), "publiek": Policy(10, deepest=2)}


class Table(NamedTuple):
    cells: Cells
    counts: np.ndarray
    inner_counts: np.ndarray


def make_table(per_year: int, seed: int = 1) -> Table:
    """Synthetic: 7 districts, 27 teams and 31 gemeenten that do not nest, two years of quarters, four forms, two age groups, with all totals.

    9,735 distinct cells over 2,496 inner ones (39 pieces of areas); Poisson counts with skewed areas, like the table of
    the measurements that it stands for, and not the same one.
    """
    rng = np.random.default_rng(seed)
    first_team, others = 9, 30  # Den Haag is one gemeente of nine teams; the other gemeenten lie in eighteen teams
    team = np.concatenate([np.arange(first_team), first_team + np.arange(18), first_team + rng.integers(0, 18, size=others - 18)])
    gemeente = np.concatenate([np.zeros(first_team, dtype=int), 1 + np.arange(others)])
    pieces = pl.DataFrame(
        {"district": [f"D{each // 4}" for each in team], "team": [f"T{each:02}" for each in team], "gemeente": [f"G{each:02}" for each in gemeente]}
    )
    units = pieces
    for name, values in {
        "kwartaal": [f"{year}Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)],
        "vorm": list("abcd"),
        "leeftijd": ["18-", "18+"],
    }.items():
        units = units.join(pl.DataFrame({name: values}), how="cross")
    units = units.with_columns(jaar=pl.col("kwartaal").str.slice(0, 4))
    layouts: list[list[str]] = [[]]
    for choices in (["district", "team", "gemeente"], ["jaar", "kwartaal"], ["vorm"], ["leeftijd"]):
        layouts += [[*layout, name] for layout in layouts for name in choices]
    cells = tabulate(units, layouts)
    distinct = np.sort(group_equal_rows(cells.inner)[0])
    mean = np.einsum("i,j,k,l->ijkl", rng.dirichlet(np.full(39, 0.35)), np.full(8, 1 / 8), [0.5, 0.3, 0.15, 0.05], [0.07, 0.93])
    inner_counts = rng.poisson(2 * per_year * mean.ravel())
    cells = Cells(cells.inner[distinct], cells.addresses[distinct])
    return Table(cells, cells.inner @ inner_counts, inner_counts)


def bench_disclosure() -> None:
    """Zeros withheld alike with the proof; zeros shown, by independence alone and after repair. With 600 a year protecting alone took 331 s, and
    the audit after it had not ended in 270 s more: left out."""
    table = make_table(56)
    _bench_alike(table, 56)
    _bench_shown(table, 56)
    _bench_instances()
    _bench_figures()


def _bench_alike(table: Table, per_year: int) -> None:
    cells, counts, inner_counts = table
    primary = counts < THRESHOLD
    wish = Wish(primary, np.zeros(len(counts), dtype=bool), np.full(len(counts), NEED), np.ones(len(counts)))
    started = time.perf_counter()
    assured = assure(cells, counts, inner_counts, wish, usual_attackers(zeros_shown=False)[:1], seed=1)
    proved = time.perf_counter()
    tables = certificate_tables(cells, counts, assured.published, wish.need, assured.worlds)
    written = time.perf_counter()
    wrong = check(**tables)
    checked = time.perf_counter() - written
    verdict = "it holds" if not wrong else "it fails"
    beside = (~assured.published & ~primary).sum()
    print(
        f"disclosure, {per_year} a year, 0 to {THRESHOLD - 1} alike: protected and proved in {proved - started:.1f} s, {len(assured.worlds)} worlds,"
        f" checked in {checked:.2f} s ({verdict}); of {len(counts)} cells {assured.published.sum()} published, {beside} large ones withheld,"
        f" {assured.audit.narrow.height} narrow"
    )


def _bench_shown(table: Table, per_year: int) -> None:
    for name, way in ours_with_zeros_shown(table).items():
        tell_shown(f"disclosure, {per_year} a year, zeros shown, {name}", table, way)


def wish_with_zeros_shown(counts: np.ndarray) -> Wish:
    """Withhold 1 to 4; noughts are public."""
    noughts = counts == 0
    return Wish((counts < THRESHOLD) & ~noughts, noughts, np.full(len(counts), NEED), np.ones(len(counts)))


def ours_with_zeros_shown(table: Table) -> dict[str, Callable[[], np.ndarray]]:
    """Ways to choose which cells are published."""
    cells, counts, inner_counts = table
    wish = wish_with_zeros_shown(counts)
    inside = np.asarray(cells.inner[np.flatnonzero(wish.public)].sum(axis=0)).ravel() == 0
    order = np.flatnonzero(~wish.primary & ~wish.public)
    order = order[np.argsort(-np.diff(cells.inner.indptr)[order], kind="stable")]
    return {
        "independence alone": lambda: choose_published(cells.inner[:, inside], wish.primary, order) | wish.public,
        **{
            name: lambda walk=walk: assure(cells, counts, inner_counts, wish, usual_attackers(zeros_shown=True)[:1], seed=1, walk=walk).published  # type: ignore[misc]
            for name, walk in (("proved", 0), (WALKED, 400))
        },
    }


def tell_shown(what: str, table: Table, way: Callable[[], np.ndarray]) -> int:
    """One line: the time of a way, what it withholds beside the small ones, and what our audit says of it; returns how many these are."""
    cells, counts, _ = table
    wish = wish_with_zeros_shown(counts)
    started = time.perf_counter()
    published = way()
    took = time.perf_counter() - started
    assert not published[wish.primary].any(), "a small one is published"
    found = audit(cells, counts, published, wish.need, usual_attackers(zeros_shown=True)[:2])
    narrow = {who: found.narrow.filter(pl.col("attacker") == who).height for who in ("buitenstaander", "regelkenner")}
    beside = int((~published & ~wish.primary).sum())
    print(f"{what}: {took:.1f} s, {beside} large ones withheld, narrow for {narrow} of {(~published).sum()}")
    return beside


def _bench_instances(seeds: range = range(INSTANCES)) -> None:
    """All attackers: an outsider, one who knows the rules, an insider, one who joins up to eight releases, rates and divisions, one who joins both
    audiences, and one who knows the method and not the seed."""
    started, narrow, wrong, struck, refused, joined = time.perf_counter(), 0, 0, 0, 0, 0
    for seed in seeds:
        instance = random_instance(np.random.default_rng(seed))
        try:
            outcome = assure_in_turn(instance, seed)
            if is_alone(instance):
                narrow += join_audiences(instance, outcome, assure_for_public(instance, outcome, seed)).height
                joined += 1
        except CannotProtect:
            refused += 1
            continue
        narrow += outcome.assured.audit.narrow.height
        tables = certificate_tables(instance.cells, instance.counts, outcome.assured.published, outcome.need, outcome.assured.worlds)
        wrong += bool(check(**tables))
        struck += struck_out(instance, outcome, seed)
    took = time.perf_counter() - started
    print(
        f"disclosure, {len(seeds)} random releases in {took:.0f} s ({joined} of them for both audiences): {narrow} narrow cells,"
        f" {wrong} proofs that do not hold, {struck} worlds of them that the method rules out, {refused} refused"
    )


def _bench_figures() -> None:
    """The four indicators about persons of the frames that tests use, with the sizes of the region, for both audiences."""
    values, parents = six_indicators(), area_parents(areas())
    entries = [{**entry, "additivity": "som"} for entry in SIX if entry["person_related"]]
    for audience, policy in POLICIES.items():
        for entry in entries:
            started = time.perf_counter()
            outcome = protect_figures(values, [entry], parents, {entry["indicator_id"]: policy}, usual_attackers(zeros_shown=False)[:1], seed=1)
            took, out = time.perf_counter() - started, outcome.tables.filter(pl.col("shown") > 0)
            worlds = sum(len(proof.worlds) for proof in outcome.proofs)
            print(
                f"disclosure, {entry['indicator_id']} for {audience}: {out.height} of {outcome.tables.height} tables out,"
                f" {out['shown'].sum()} of the {out['fit'].sum()} figures in them that policy lets out, {worlds} worlds, {took:.1f} s"
            )
