"""From the figures of an indicator to what an audience may see: whatever is drawn, an auditor who looks at all figures at once finds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest
import scipy.sparse as sp

from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.attack import Attacker, audit
from pipelines.disclosure.certificate import certificate_tables
from pipelines.disclosure.check_worlds import check
from pipelines.disclosure.figures import read_figures
from pipelines.disclosure.model import Cells
from pipelines.disclosure.protection import Policy, Protected, protect_figures
from pipelines.disclosure.sums import Sums
from tests.pipelines.disclosure.frames import areas, count_indicator, entry

PARENTS = area_parents(areas())
OUTSIDER = [Attacker("buitenstaander")]
NO_CHANGE = pl.DataFrame(schema=["area_code", "category_1", "more"])
POLICY = Policy(threshold=5, share=0.7, deepest=3)


def victims(seed: int, mean: float, per: float | None = None) -> pl.DataFrame:
    dims = {"vorm": ("arbeid", "seksueel"), "leeftijd": ("0-17", "18+")}
    levels = ("regio", "zorgregio", "district", "gemeente")
    return count_indicator("a", leaf="gemeente", base="kwartaal", years=range(2024, 2026), dims=dims, mean=mean, levels=levels, per=per, seed=seed)


def shares(seed: int) -> pl.DataFrame:
    """A share with numerators of about a third of ten."""
    rng = np.random.default_rng(seed)
    values = victims(seed, 3.0).filter(pl.col("area_level").is_in(["regio", "district"]), pl.col("period_grain") == "jaar", pl.col("dimension_1") == "totaal")
    parts = values.filter(pl.col("area_level") == "district").with_columns(
        denominator=pl.Series(rng.poisson(14, 12).astype(float)), numerator=pl.Series(rng.poisson(5, 12).astype(float))
    )
    parts = parts.with_columns(denominator=pl.max_horizontal("denominator", "numerator"))
    whole = parts.group_by("period").agg(pl.col("numerator", "denominator").sum())
    regio = values.filter(pl.col("area_level") == "regio").drop("numerator", "denominator").join(whole, on="period").select(parts.columns)
    return pl.concat([regio, parts])


def protect_all(
    values: pl.DataFrame, entries: Sequence[dict[str, object]], seed: int = 1, policy: Policy = POLICY, known: pl.DataFrame | None = None
) -> Protected:
    return protect_figures(values, entries, PARENTS, {str(each["indicator_id"]): policy for each in entries}, OUTSIDER, seed=seed, known=known)


def protected(values: pl.DataFrame, catalogue: dict[str, object], **more: Any) -> Protected:
    return protect_all(values, [catalogue], **more)


def find_narrow(values: pl.DataFrame, entries: Sequence[dict[str, object]], published: Iterable[int], policy: Policy = POLICY) -> pl.DataFrame:
    """Narrow counts of all figures of tables that are not too deep, by one audit of everything at once: each count its own inner cell."""
    figures = read_figures(values, entries)
    judged = figures.shown.join(figures.rows.filter((pl.col("depth") <= policy.deepest) | pl.col("row").is_in(list(published))), on="row", how="semi")
    counts = figures.counts.join(judged, on="cell", how="semi").rename({"cell": "before"}).with_row_index("cell")
    sums = Sums(counts, PARENTS, several=[], additivity=str(entries[0]["additivity"]))
    shown = set(judged.filter(pl.col("row").is_in(list(published)))["cell"])
    is_shown = np.zeros(len(sums.values), dtype=bool)
    is_shown[: counts.height] = [cell in shown for cell in counts["before"]]
    cells = Cells(sp.identity(len(sums.values), dtype=np.int64, format="csr"), sums.addresses, sums.facts)
    is_large_rest = (np.arange(len(sums.values)) >= counts.height) & (sums.values >= policy.threshold)
    found = audit(cells, sums.values, is_shown, np.where(sums.is_guarded & ~is_large_rest, policy.threshold - 1, 0), OUTSIDER)
    return found.narrow.with_columns(address=pl.Series([cells.name(cell) for cell in found.narrow["cell"]], dtype=pl.String))


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "mean"), [(1, 0.05), (2, 0.3), (3, 1.0)])
def test_nothing_is_narrow_for_who_looks_at_all_figures_at_once_also_at_those_of_tables_withheld_whole(seed: int, mean: float) -> None:
    values, catalogue = victims(seed, mean), entry("a", breakdowns=("vorm", "leeftijd"), additivity="som")
    outcome = protected(values, catalogue)
    assert len(outcome.published), "something can be shown"
    assert find_narrow(values, [catalogue], outcome.published).is_empty()
    small = values.with_row_index("row").filter(pl.col("numerator") < POLICY.threshold)["row"]
    assert not set(outcome.published) & set(small)
    for proof in outcome.proofs:
        tables = certificate_tables(*proof)
        assert check(**tables) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_share_goes_out_only_with_its_rest_and_nothing_of_it_is_narrow(seed: int) -> None:
    values, catalogue = shares(seed), entry("a", per=100, additivity="som")
    outcome = protected(values, catalogue, policy=POLICY._replace(share=0.4))
    shown = values.with_row_index("row").filter(pl.col("row").is_in(outcome.published))
    assert shown.height
    assert shown.select(pl.min_horizontal("numerator", pl.col("denominator") - pl.col("numerator")).min()).item() >= POLICY.threshold
    assert find_narrow(values, [catalogue], outcome.published).is_empty()


def test_one_figure_more_is_found_by_the_audit_and_named() -> None:
    values, catalogue = victims(3, 1.0), entry("a", breakdowns=("vorm", "leeftijd"), additivity="som")
    outcome = protected(values, catalogue)
    rows = values.with_row_index("row")
    # the gemeenten of a district, all but one: the last one is the district less the others
    in_d = rows.filter(pl.col("area_code").is_in(["D", "GM0637", "GM1916", "GM1926"]), pl.col("period") == "2024Q1", pl.col("dimension_1") == "totaal")
    narrow = find_narrow(values, [catalogue], {*outcome.published.tolist(), *in_d["row"].to_list()})
    assert any("GM0629" in address and "2024Q1" in address for address in narrow["address"])


def test_a_table_of_which_too_little_can_be_shown_is_withheld_whole_and_so_is_one_that_is_too_deep() -> None:
    values, catalogue = victims(2, 0.3), entry("a", breakdowns=("vorm", "leeftijd"), additivity="som")
    tables = protected(values, catalogue).tables
    assert tables.filter(pl.col("shown") > 0).select((pl.col("shown") >= 0.7 * pl.col("figures")).all()).item()
    assert tables.filter(pl.col("fit") < 0.7 * pl.col("figures"), pl.col("shown") > 0).is_empty()
    shallow = protected(values, catalogue, policy=POLICY._replace(deepest=0)).tables
    # what is deeper goes out where nothing of it is withheld
    deeper = shallow.filter(pl.col("shown") > 0, pl.col("depth") > 0)
    assert shallow.filter(pl.col("shown") > 0, pl.col("depth") == 0).height == 1
    assert deeper.filter(pl.col("shown") < pl.col("figures")).is_empty()


def test_the_same_seed_gives_the_same_release() -> None:
    values, catalogue = victims(3, 1.0), entry("a", breakdowns=("vorm", "leeftijd"), additivity="som")
    assert protected(values, catalogue, seed=7).published.tolist() == protected(values, catalogue, seed=7).published.tolist()


def test_a_year_counts_a_person_once_and_what_its_quarters_show_narrows_nobody() -> None:
    values, catalogue = victims(6, 0.5), entry("a", breakdowns=("vorm", "leeftijd"), additivity="personen")
    once = pl.when((pl.col("period_grain") == "jaar") & (pl.col("numerator") > 8)).then(pl.col("numerator") - 1).otherwise("numerator")
    values = values.filter(pl.col("area_level") == "regio", pl.col("dimension_1") == "totaal").with_columns(numerator=once)
    outcome = protected(values, catalogue)
    assert len(outcome.published)
    assert find_narrow(values, [catalogue], outcome.published).is_empty()


def revised(values: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The same figures after a late file: some gemeenten have more or fewer persons in one quarter, and all that holds them too."""
    rng = np.random.default_rng(seed)
    inner = values.filter(pl.col("area_level") == "gemeente", pl.col("dimension_1") == "vorm", pl.col("period") == "2024Q2", pl.col("numerator") > 1)
    inner = inner.with_columns(new=pl.Series(np.maximum(1, inner["numerator"].to_numpy() + rng.choice([0, 0, 0, -3, -1, 2, 6], inner.height)).astype(float)))
    return refill(values, inner.select("area_code", "category_1", more=pl.col("new") - pl.col("numerator")))


def refill(values: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """`values` by gemeente, region and form, with `more` persons per gemeente and form in the second quarter of 2024."""
    values = values.filter(
        pl.col("area_level").is_in(["regio", "gemeente"]), pl.col("dimension_1").is_in(["totaal", "vorm"]), pl.col("dimension_2") == "totaal"
    )
    more = pl.lit(0.0)
    for code, category, number in changes.iter_rows():
        is_here = pl.col("period").is_in(["2024", "2024Q2"]) & ((pl.col("area_level") == "regio") | (pl.col("area_code") == code))
        more += pl.when(is_here & pl.col("category_1").is_in(["totaal", category])).then(pl.lit(number)).otherwise(0.0)
    return values.with_columns(numerator=pl.col("numerator") + more).with_columns(value="numerator")


def shown_now_and(other: Protected, values: pl.DataFrame, of_other: pl.DataFrame, published: Iterable[int]) -> set[int]:
    """Rows that are published, and those that the other release shows with the same value."""
    rows = values.with_row_index("row")
    same = of_other.with_row_index("row").filter(pl.col("row").is_in(other.published.tolist())).drop("row")
    return {*published, *rows.join(same, on=values.columns, how="semi", nulls_equal=True)["row"].to_list()}


def two_releases(seed: int, *, joined: bool) -> int:
    """How many counts are narrow, then or now, for who reads both releases."""
    catalogue, before = entry("a", breakdowns=("vorm",), additivity="som"), refill(victims(seed, 1.0), NO_CHANGE)
    after = revised(before, seed)
    first = protected(before, catalogue)
    second = protected(after, catalogue, seed=seed, known=first.counts if joined else None)
    now = shown_now_and(first, after, before, second.published)
    then = shown_now_and(second, before, after, first.published)
    return find_narrow(after, [catalogue], now).height + find_narrow(before, [catalogue], then).height


def test_two_releases_together_narrow_no_count_down_of_then_or_of_now() -> None:
    assert [two_releases(seed, joined=True) for seed in range(4)] == [0] * 4
    assert sum(two_releases(seed, joined=False) for seed in range(4)) > 0, "each by itself they do, else this test shows nothing"


def test_what_did_not_change_stays_as_it_was_whatever_the_seed() -> None:
    catalogue, values = entry("a", breakdowns=("vorm",), additivity="som"), refill(victims(5, 1.0), NO_CHANGE)
    first = protected(values, catalogue)
    second = protected(values, catalogue, seed=2, known=first.counts)
    assert set(first.published) <= set(second.published)
    assert find_narrow(values, [catalogue], second.published).is_empty()
