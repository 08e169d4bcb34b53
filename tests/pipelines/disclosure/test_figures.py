"""Which counts of persons a figure shows, how they add up, and that sums made of their parts say the same."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure.areas import area_parents
from pipelines.disclosure.blocks import resolve_sums, split
from pipelines.disclosure.figures import UnknownTable, read_figures
from pipelines.disclosure.model import TwoValues
from pipelines.disclosure.sums import Sums
from tests.pipelines.disclosure.frames import areas, count_indicator, entry

PARENTS = area_parents(areas())
LEVELS = ("regio", "zorgregio", "abc", "district", "gemeente")


def figure(numerator: float, denominator: float | None = None, **changes: str) -> dict[str, object]:
    address = {"indicator_id": "a", "area_level": "district", "area_code": "D", "period_grain": "jaar", "period": "2024"}
    breakdowns = {"dimension_1": "totaal", "category_1": "totaal", "dimension_2": "totaal", "category_2": "totaal"}
    return {
        **address,
        **breakdowns,
        "state": "waarde",
        "value": 1.0,
        "numerator": numerator,
        "denominator": denominator,
        "lower": None,
        "upper": None,
        **changes,
    }


def counted(values: pl.DataFrame, *entries: dict[str, object]) -> dict[str, float]:
    counts = read_figures(values, list(entries)).counts
    return dict(zip(counts["who"], counts["count"], strict=True))


def test_a_share_shows_its_numerator_its_denominator_and_the_rest() -> None:
    values = pl.DataFrame([figure(3.0, 10.0)])
    assert counted(values, entry("a", per=100)) == {"a=teller": 3, "a=!teller": 7, "": 10}


def test_a_rate_shows_its_numerator_and_a_mean_the_cases_that_it_divides_by() -> None:
    values = pl.DataFrame([figure(30.0, 5000.0)])
    assert counted(values, entry("a", per=1000)) == {"": 30}
    assert counted(values, entry("a", per=1)) == {"": 5000}


def test_a_share_of_nothing_says_that_nobody_is_there() -> None:
    values = pl.DataFrame([{**figure(0.0), "state": "nvt", "numerator": None}], schema_overrides={"numerator": pl.Float64, "denominator": pl.Float64})
    assert counted(values, entry("a", per=100)) == {"a=teller": 0, "a=!teller": 0, "": 0}


def test_a_row_without_a_figure_says_nothing_and_persons_without_an_area_are_not_guarded() -> None:
    values = pl.DataFrame([figure(3.0), figure(2.0, area_code="onbekend"), figure(4.0, area_code="E", state="onbekend")])
    counts = read_figures(values, [entry("a")]).counts
    assert counts.select("area_code", "is_guarded").rows() == [("D", True), ("onbekend", False)]


def test_an_area_level_that_nothing_is_known_of_is_refused_by_name() -> None:
    with pytest.raises(UnknownTable, match="area_level buurt"):
        read_figures(pl.DataFrame([figure(3.0, area_level="buurt")]), [entry("a")])


def test_two_figures_of_the_same_persons_with_two_values_are_refused_with_their_address() -> None:
    values = pl.DataFrame([figure(3.0), figure(4.0, indicator_id="b")])
    with pytest.raises(TwoValues, match="district, D, jaar, 2024"):
        read_figures(values, [entry("a", universe=["u"]), entry("b", universe=["u"])])


def test_a_breakdown_of_two_kinds_is_two_steps_deep() -> None:
    values = pl.DataFrame([figure(3.0, dimension_1="soort", category_1="x", dimension_2="leeftijd", category_2="y")])
    figures = read_figures(values, [entry("a")])
    assert figures.rows["depth"].to_list() == [3]
    assert figures.counts["who"].to_list() == ["leeftijd=y&soort=x"]


def victims(seed: int, *, per: float | None = None, several: tuple[str, ...] = ()) -> pl.DataFrame:
    dims = {"vorm": ("arbeid", "seksueel"), "leeftijd": ("0-17", "18+")}
    years = range(2024, 2026)
    return count_indicator("a", leaf="gemeente", base="kwartaal", years=years, dims=dims, mean=0.4, levels=LEVELS, per=per, several=several, seed=seed)


def sums_of(values: pl.DataFrame, additivity: str = "som", several: tuple[str, ...] = ()) -> Sums:
    return Sums(read_figures(values, [entry("a", per=100000)]).counts, PARENTS, several=several, additivity=additivity)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), per=st.sampled_from([None, 100000]))
def test_sums_made_of_their_parts_say_the_same_and_blocks_hold_everything_once(seed: int, per: float | None) -> None:
    sums = sums_of(victims(seed, per=per))
    counts, within = sums.values, sums.facts.rows @ sums.values
    assert ((within >= sums.facts.lower) & (within <= sums.facts.upper)).all()
    cells, base = resolve_sums(sums.facts, sums.addresses)
    cells.check(counts, counts[base])
    blocks = list(split(cells))
    assert sorted(np.concatenate([block.places for block in blocks]).tolist()) == list(range(len(counts)))
    assert len(blocks) >= 2, "the years have nothing to do with each other"
    for block in blocks:
        block.cells.check(counts[block.places], counts[base][block.inner_places])


def equations(values: pl.DataFrame, whole: dict[str, str]) -> list[set[str]]:
    """The parts of which a count is made, one set of addresses per equation."""
    sums = sums_of(values)
    names = ["/".join(str(each) for each in row if each is not None) for row in sums.addresses.iter_rows()]
    place = names.index("/".join([whole["who"], whole["level"], whole["code"], whole["grain"], whole["period"]]))
    rows = [row for row in range(sums.facts.rows.shape[0]) if sums.facts.rows[row, place] == 1 and sums.facts.upper[row] == 0]
    return [{names[column] for column in sums.facts.rows[row].indices if column != place} for row in rows]


def test_a_year_is_its_quarters_a_district_its_gemeenten_and_a_total_its_categories() -> None:
    found = equations(victims(1), {"who": "", "level": "district", "code": "D", "grain": "jaar", "period": "2024"})
    assert {f"/district/D/kwartaal/2024Q{k}" for k in range(1, 5)} in found
    assert {f"/gemeente/{code}/jaar/2024" for code in ("GM0637", "GM1916", "GM0629", "GM1926")} in found
    assert {"vorm=arbeid/district/D/jaar/2024", "vorm=seksueel/district/D/jaar/2024"} in found


def test_what_a_part_without_a_figure_leaves_is_a_count_of_its_own_and_guarded() -> None:
    values = victims(1).filter(~((pl.col("area_code") == "GM0629") & (pl.col("period") == "2024")))
    sums = sums_of(values)
    left_out = victims(1).filter(pl.col("area_code") == "GM0629", pl.col("period") == "2024")["numerator"]
    is_rest = sums.addresses["who"].str.starts_with("rest ").to_numpy()
    guarded = sums.values[is_rest & sums.is_guarded]
    assert sorted(guarded.tolist()) == sorted(left_out.to_list() * 3), "the rests of district D, zorgregio HGL and the region: in all, and per form and age"


def test_persons_in_several_quarters_make_a_year_at_least_the_largest_and_at_most_their_sum() -> None:
    shared = {"area_level": "regio", "area_code": "DH"}
    quarters = [figure(count, period_grain="kwartaal", period=f"2024Q{k}", **shared) for k, count in enumerate((5.0, 6.0, 7.0, 8.0), 1)]
    sums = sums_of(pl.DataFrame([figure(20.0, **shared), *quarters]), additivity="personen")
    possible = [n for n in range(40) if _agree(sums, [n, 5, 6, 7, 8])]
    assert possible == list(range(8, 27))


def test_forms_of_exploitation_are_no_parts_of_a_whole_and_no_more_than_it() -> None:
    forms = [figure(count, dimension_1="vorm", category_1=name) for name, count in (("arbeid", 6.0), ("seksueel", 7.0))]
    sums = sums_of(pl.DataFrame([figure(9.0), *forms]), several=("vorm",))
    assert [n for n in range(20) if _agree(sums, [n, 6, 7])] == list(range(7, 14))


def _agree(sums: Sums, counts: list[int]) -> bool:
    within = sums.facts.rows @ np.array(counts + [0] * (len(sums.values) - len(counts)))
    return bool(((within >= sums.facts.lower) & (within <= sums.facts.upper)).all())


def test_a_wrong_total_breaks_a_fact() -> None:
    values = victims(3).with_columns(
        numerator=pl.when((pl.col("area_level") == "gemeente") & (pl.col("period_grain") == "kwartaal")).then(pl.col("numerator") + 1).otherwise("numerator")
    )
    sums = sums_of(values)
    within = sums.facts.rows @ sums.values
    assert ((within < sums.facts.lower) | (within > sums.facts.upper)).any()
