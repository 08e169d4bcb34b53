"""From the figures of an indicator to what an audience may see: whatever is drawn, an auditor who looks at all figures at once finds nothing."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl
import pytest
import scipy.sparse as sp

from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.attack import Attacker, audit
from pipelines.disclosure.certificate import certificate_tables
from pipelines.disclosure.check_worlds import check
from pipelines.disclosure.figures import TABLE, read_figures
from pipelines.disclosure.model import Cells
from pipelines.disclosure.protection import Policy, Protected, protect_figures
from pipelines.disclosure.sums import Sums
from tests.pipelines.disclosure.frames import areas, count_indicator, entry

PARENTS = area_parents(areas())
OUTSIDER = [Attacker("buitenstaander")]
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


def protected(values: pl.DataFrame, catalogue: dict[str, object], seed: int = 1, policy: Policy = POLICY) -> Protected:
    return protect_figures(values, [catalogue], PARENTS, policy, OUTSIDER, seed=seed)


def find_narrow(values: pl.DataFrame, catalogue: dict[str, object], published: Iterable[int], policy: Policy = POLICY) -> pl.DataFrame:
    """Narrow counts of all figures of tables that are not too deep, by one audit of everything at once: each count its own inner cell."""
    figures = read_figures(values, [catalogue])
    judged = figures.shown.join(figures.rows.filter(pl.col("depth") <= policy.deepest), on="row", how="semi")
    counts = figures.counts.join(judged, on="cell", how="semi").rename({"cell": "before"}).with_row_index("cell")
    sums = Sums(counts, PARENTS, several=[], additivity=str(catalogue["additivity"]))
    shown = set(judged.filter(pl.col("row").is_in(list(published)))["cell"])
    is_shown = np.zeros(len(sums.values), dtype=bool)
    is_shown[: counts.height] = [cell in shown for cell in counts["before"]]
    cells = Cells(sp.identity(len(sums.values), dtype=np.int64, format="csr"), sums.addresses, sums.facts)
    found = audit(cells, sums.values, is_shown, np.where(sums.is_guarded, policy.width, 0), OUTSIDER)
    return found.narrow.with_columns(address=pl.Series([cells.name(cell) for cell in found.narrow["cell"]], dtype=pl.String))


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "mean"), [(1, 0.05), (2, 0.3), (3, 1.0)])
def test_nothing_is_narrow_for_who_looks_at_all_figures_at_once_also_at_those_of_tables_withheld_whole(seed: int, mean: float) -> None:
    values, catalogue = victims(seed, mean), entry("a", breakdowns=("vorm", "leeftijd"), additivity="som")
    outcome = protected(values, catalogue)
    assert len(outcome.published), "something can be shown"
    assert find_narrow(values, catalogue, outcome.published).is_empty()
    small = values.with_row_index("row").filter(pl.col("numerator") < POLICY.threshold)["row"]
    assert not set(outcome.published) & set(small)
    for proof in outcome.proofs:
        tables = certificate_tables(proof.cells, proof.counts, proof.assured.published, np.where(proof.assured.published, 0, proof.need), proof.assured.worlds)
        assert check(**tables) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_share_goes_out_only_with_its_rest_and_nothing_of_it_is_narrow(seed: int) -> None:
    values, catalogue = shares(seed), entry("a", per=100, additivity="som")
    outcome = protected(values, catalogue, policy=POLICY._replace(share=0.4))
    shown = values.with_row_index("row").filter(pl.col("row").is_in(outcome.published))
    assert shown.height
    assert shown.select(pl.min_horizontal("numerator", pl.col("denominator") - pl.col("numerator")).min()).item() >= POLICY.threshold
    assert find_narrow(values, catalogue, outcome.published).is_empty()


def test_one_figure_more_is_found_by_the_audit_and_named() -> None:
    values, catalogue = victims(3, 1.0), entry("a", breakdowns=("vorm", "leeftijd"), additivity="som")
    outcome = protected(values, catalogue)
    rows = values.with_row_index("row")
    # the gemeenten of a district, all but one: the last one is the district less the others
    in_d = rows.filter(pl.col("area_code").is_in(["D", "GM0637", "GM1916", "GM1926"]), pl.col("period") == "2024Q1", pl.col("dimension_1") == "totaal")
    narrow = find_narrow(values, catalogue, {*outcome.published.tolist(), *in_d["row"].to_list()})
    assert any("GM0629" in address and "2024Q1" in address for address in narrow["address"])


def test_a_table_of_which_too_little_can_be_shown_is_withheld_whole_and_so_is_one_that_is_too_deep() -> None:
    values, catalogue = victims(2, 0.3), entry("a", breakdowns=("vorm", "leeftijd"), additivity="som")
    tables = protected(values, catalogue).tables
    assert tables.filter(pl.col("shown") > 0).select((pl.col("shown") >= 0.7 * pl.col("figures")).all()).item()
    assert tables.filter(pl.col("fit") < 0.7 * pl.col("figures"), pl.col("shown") > 0).is_empty()
    shallow = protected(values, catalogue, policy=POLICY._replace(deepest=0)).tables
    assert shallow.filter(pl.col("shown") > 0).select(*TABLE[1:4]).rows() == [("regio", "jaar", "totaal")]


def test_the_same_seed_gives_the_same_release() -> None:
    values, catalogue = victims(3, 1.0), entry("a", breakdowns=("vorm", "leeftijd"), additivity="som")
    assert protected(values, catalogue, seed=7).published.tolist() == protected(values, catalogue, seed=7).published.tolist()


def test_a_year_counts_a_person_once_and_what_its_quarters_show_narrows_nobody() -> None:
    values, catalogue = victims(6, 0.5), entry("a", breakdowns=("vorm", "leeftijd"), additivity="personen")
    once = pl.when((pl.col("period_grain") == "jaar") & (pl.col("numerator") > 8)).then(pl.col("numerator") - 1).otherwise("numerator")
    values = values.filter(pl.col("area_level") == "regio", pl.col("dimension_1") == "totaal").with_columns(numerator=once)
    outcome = protected(values, catalogue)
    assert len(outcome.published)
    assert find_narrow(values, catalogue, outcome.published).is_empty()
