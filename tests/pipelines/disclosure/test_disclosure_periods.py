"""Disclosure control over periods that hold other periods, over school years, and over shares of nothing."""

from __future__ import annotations

import polars as pl

from pipelines.disclosure import audit
from tests.pipelines.disclosure.cases import PARENTS, cells, states
from tests.pipelines.disclosure.frames import entry


def test_three_years_together_are_published_where_a_single_year_is_too_small() -> None:
    years = [cells({("regio", "DH"): count}, period=str(year)) for year, count in ((2021, 3), (2022, 4), (2023, 2), (2024, 6))]
    windows = [cells({("regio", "DH"): count}, period=period, grain="drie_jaar") for period, count in (("2021/23", 9), ("2022/24", 12))]
    found = states(pl.concat([*years, *windows]), [entry("i")])
    assert {period: state for (_, _, period, _), state in found.items()} == {
        **dict.fromkeys(("2021", "2022", "2023", "2024"), "geheim"),
        **dict.fromkeys(("2021/23", "2022/24"), "waarde"),
    }


def test_a_year_that_sums_to_withheld_three_years_is_withheld_too() -> None:
    """The years by gemeente are large enough, but the three years of one category are not published at the region."""
    by_age = {"breakdown": ("leeftijd", "0-17")}
    years = [cells({("regio", "DH"): 7.0}, period=str(year), **by_age) for year in (2021, 2022, 2023)]
    window = cells({("regio", "DH"): 4.0}, period="2021/23", grain="drie_jaar", **by_age)
    assert set(states(pl.concat([*years, window]), [entry("i", breakdowns=("leeftijd",))]).values()) == {"geheim"}


def test_the_auditor_finds_years_that_add_up_to_withheld_three_years() -> None:
    window = cells({("regio", "DH"): 21.0}, period="2021/23", grain="drie_jaar").with_columns(
        state=pl.lit("geheim"), **dict.fromkeys(("value", "numerator", "denominator", "lower", "upper"), pl.lit(None, pl.Float64))
    )
    years = [cells({("regio", "DH"): 7.0}, period=str(year)) for year in (2021, 2022, 2023)]
    kinds = {finding["kind"] for finding in audit(pl.concat([*years, window]), [entry("i")], "professional", PARENTS)["findings"]}
    assert kinds == {"summable"}


def test_a_school_year_is_judged_like_a_year() -> None:
    small = cells({("gemeente", "GM0503"): 4, ("gemeente", "GM0603"): 60}, period="2023/24", grain="schooljaar")
    assert set(states(small, [entry("i")]).values()) == {"geheim"}
    large = cells({("gemeente", "GM0503"): 40, ("gemeente", "GM0603"): 60}, period="2023/24", grain="schooljaar")
    assert set(states(large, [entry("i")]).values()) == {"waarde"}


def test_a_share_of_nothing_counts_as_nobody_and_withholds_its_table() -> None:
    good = cells({("gemeente", "GM0503"): 20}, per=100, denominator=pl.lit(40.0))
    nothing = cells({("gemeente", "GM0603"): 0}, per=100, denominator=pl.lit(40.0)).with_columns(
        state=pl.lit("nvt"), **dict.fromkeys(("value", "numerator", "denominator", "lower", "upper"), pl.lit(None, pl.Float64))
    )
    both = pl.concat([good, nothing])
    assert set(states(both, [entry("i", per=100)]).values()) == {"geheim"}
    assert {finding["kind"] for finding in audit(both, [entry("i", per=100)], "professional", PARENTS)["findings"]} == {"small count"}
