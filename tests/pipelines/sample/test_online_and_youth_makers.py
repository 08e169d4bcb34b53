"""The makers of the deliveries about online crime and young people: they keep their contracts, and 2023 is as published."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts import contract_of, versions_of
from data_contracts.base import AT_LEAST, AT_MOST, Contract
from data_contracts.jonge_aanwas.dealbreakers_deelname import AGES_OF_SCHOOL
from pipelines.sample import CALIBRATED_YEAR, PUBLISHED_FIGURES, jonge_aanwas, online
from pipelines.sample.areas import GEMEENTEN, SPELLINGS
from pipelines.sample.grids import count_cases, stretch

MAKERS = {**online.MAKERS, **jonge_aanwas.MAKERS}
SEEDS = st.integers(min_value=0, max_value=2**40)
NAMES = {gemeente.code: gemeente.name for gemeente in GEMEENTEN}
SIX = {"Delft", "Leiden", "Zoetermeer", "Gouda", "Leidschendam-Voorburg", "Alphen aan den Rijn"}
TWELVE = SIX | {"Krimpenerwaard", "Nieuwkoop", "Rijswijk", "Zuidplas", "Kaag en Braassem", "Noordwijk"}
YEARS = range(2021, 2027)
CASES = [(delivery, year) for delivery, year in itertools.product(MAKERS, YEARS) if year % 2 or delivery != "cbs_veiligheidsmonitor"]


def version_of(delivery: str, year: int) -> type[Contract]:
    return contract_of(delivery, f"{year}Q1")


def with_bounds(rows: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    """What the reader of the house adds beside an exact count."""
    bounded = [name for name, field in contract.kinds().items() if field.get("bounded")]
    return rows.with_columns(pl.col(name).alias(f"{name}{end}") for name in bounded for end in (AT_LEAST, AT_MOST)).select(list(contract.to_schema().columns))


def share(rows: pl.DataFrame, column: str, *values: str) -> float:
    """Percentage of the counted cases with these values, of those whose value is known."""
    known = rows.filter(pl.col(column) != "onbekend")
    return 100 * int(known.filter(pl.col(column).is_in(values))["aantal"].sum()) / int(known["aantal"].sum())


def gemeenten_in(rows: pl.DataFrame) -> set[str]:
    return {NAMES[code] for code in rows["gemeente"]}


@pytest.mark.parametrize("scale", [1.0, 12.0])
@pytest.mark.parametrize(("delivery", "year"), CASES)
def test_every_made_year_keeps_the_contract_of_its_period(delivery: str, year: int, scale: float) -> None:
    contract = version_of(delivery, year)
    rows = MAKERS[delivery](year, 7, scale)
    assert rows.columns == list(contract.kinds())
    contract.validate(with_bounds(rows, contract), lazy=True)


@pytest.mark.parametrize(("delivery", "make"), MAKERS.items())
def test_the_same_year_is_made_the_same_twice_and_another_seed_differs(delivery: str, make: Callable[[int, int, float], pl.DataFrame]) -> None:
    year = 2025
    assert make(year, 7, 3.0).equals(make(year, 7, 3.0))
    assert not make(year, 7, 1.0).equals(make(year, 8, 1.0))


@pytest.mark.parametrize(("delivery", "year"), CASES)
def test_the_areas_of_a_maker_are_codes_that_the_sample_can_spell(delivery: str, year: int) -> None:
    rows = MAKERS[delivery](year, 7, 1.0)
    for column, field in version_of(delivery, year).kinds().items():
        if field["kind"] == "area":
            assert set(rows[column]) <= set(SPELLINGS[str(field["level"])]) | {online.REGION}


@settings(max_examples=25)
@given(seed=SEEDS)
def test_just_over_sixty_percent_of_the_suspects_of_2023_is_a_geldezel_at_any_seed(seed: int) -> None:
    found = share(online.online_verdachten(CALIBRATED_YEAR, seed, 1.0), "rol", "geldezel")
    published = PUBLISHED_FIGURES["verdachten met rol geldezel"].value
    assert published < found < published + 1


@settings(max_examples=25)
@given(seed=SEEDS, scale=st.sampled_from([1.0, 40.0]))
def test_sextortion_of_2023_is_as_published_at_any_seed_and_scale(seed: int, scale: float) -> None:
    rows = online.sextortion(CALIBRATED_YEAR, seed, scale)
    assert round(share(rows, "motief", "financieel")) == PUBLISHED_FIGURES["sextortion financieel motief"].value
    social = share(rows, "eerste_contact", "Instagram", "Snapchat", "andere sociale media")
    assert round(social) == PUBLISHED_FIGURES["sextortion eerste contact via sociale media"].value
    assert round(share(rows, "leeftijdsgroep", "0-11", "12-17")) == PUBLISHED_FIGURES["sextortion minderjarig"].value


@settings(max_examples=25)
@given(seed=SEEDS)
def test_the_reporting_rate_of_2023_is_as_published_and_was_higher_before(seed: int) -> None:
    rate = {
        year: online.veiligheidsmonitor(year, seed, 1.0).filter(gebied=online.REGION, soort_slachtofferschap="online criminaliteit totaal").row(0, named=True)
        for year in (2021, CALIBRATED_YEAR)
    }
    assert rate[CALIBRATED_YEAR]["aangiftepercentage"] == PUBLISHED_FIGURES["aangiftebereidheid online criminaliteit"].value
    assert rate[2021]["aangiftepercentage"] > rate[CALIBRATED_YEAR]["aangiftepercentage"]


def test_the_survey_knows_reporting_only_for_the_police_unit_and_wider_margins_for_gemeenten() -> None:
    rows = online.veiligheidsmonitor(CALIBRATED_YEAR, 7, 1.0).with_columns(width=pl.col("bovengrens") - pl.col("ondergrens"))
    unit, towns = rows.filter(gebied=online.REGION), rows.filter(pl.col("gebied") != online.REGION)
    assert unit["aangiftepercentage"].null_count() == 0
    assert towns["aangiftepercentage"].null_count() == towns.height == 27 * unit.height
    widest = towns.group_by("soort_slachtofferschap").agg(pl.col("width").min().alias("narrowest")).join(unit, on="soort_slachtofferschap")
    assert (widest["narrowest"] > widest["width"]).all()


def test_sextortion_has_the_columns_of_the_old_form_until_the_new_one_begins() -> None:
    old, new = versions_of("helpwanted_sextortion")
    assert new.terms().from_period == str(online.NEW_FORM)
    assert [contract_of("helpwanted_sextortion", period) for period in ("2022", "2022Q4", "2023", "2023Q1", "2026Q3")] == [old, old, new, new, new]
    before, after = online.sextortion(online.NEW_FORM - 1, 7, 1.0), online.sextortion(online.NEW_FORM, 7, 1.0)
    assert set(before.columns) - set(after.columns) == {"platform"} == set(old.kinds()) - set(new.kinds())
    assert set(after.columns) - set(before.columns) == {"motief", "eerste_contact"}


@pytest.mark.parametrize("seed", [0, 7, 2023])
def test_the_gemeenten_in_dealbreakers_are_those_of_the_plan_of_2024(seed: int) -> None:
    years = {year: jonge_aanwas.dealbreakers_deelname(year, seed, 1.0) for year in (2023, 2024, 2025)}
    assert gemeenten_in(years[2023]) == TWELVE
    assert len(TWELVE) == PUBLISHED_FIGURES["gemeenten in Dealbreakers"].value
    assert gemeenten_in(years[2023].filter(interventie="leerlijn")) == SIX
    assert gemeenten_in(years[2024]) == TWELVE | {"'s-Gravenhage"}
    assert gemeenten_in(years[2025]) - gemeenten_in(years[2024]) == {"Hillegom", "Lisse", "Teylingen"}
    assert set(years[2024].filter(interventie="Crimelabs")["school"]) == {"Mbo Rijnland Gouda"}
    assert gemeenten_in(years[2025].filter(interventie="Skill School")) == {"'s-Gravenhage", "Leiden"}


def test_a_school_that_has_a_signaaloverleg_keeps_it_the_year_after() -> None:
    have = [set(jonge_aanwas.dealbreakers_deelname(year, 7, 4.0).filter("signaaloverleg")["school"]) for year in YEARS]
    seen = [set(jonge_aanwas.dealbreakers_deelname(year, 7, 4.0)["school"]) for year in YEARS]
    for before, after, schools in zip(have, have[1:], seen[1:], strict=False):
        assert before & schools <= after


def test_dealbreakers_before_the_first_gemeente_joined_has_no_rows_but_its_columns() -> None:
    rows = jonge_aanwas.dealbreakers_deelname(2020, 7, 1.0)
    assert rows.is_empty()
    assert rows.columns == list(contract_of("dealbreakers_deelname").kinds())


def test_every_kind_of_school_in_the_contract_has_ages_that_the_contract_knows() -> None:
    kinds = contract_of("dealbreakers_deelname").kinds()
    assert set(AGES_OF_SCHOOL) == set(kinds["schoolsoort"]["values"])  # type: ignore[call-overload]
    assert set(itertools.chain(*AGES_OF_SCHOOL.values())) == set(kinds["leeftijdsgroep"]["values"])  # type: ignore[call-overload]


def test_a_case_of_a_zorg_en_veiligheidshuis_lies_in_its_own_zorgregio() -> None:
    region = {gemeente.code: gemeente.zorgregio for gemeente in GEMEENTEN}
    rows = jonge_aanwas.zvh_pga(2025, 7, 1.0)
    assert set(rows["zorgregio"]) == {"HGL", "HM"}
    assert all(region.get(gemeente, zorgregio) == zorgregio for zorgregio, gemeente in rows.select("zorgregio", "gemeente").iter_rows())


def test_a_gemeente_keeps_its_own_level_of_absence_over_the_school_years() -> None:
    levels = [jonge_aanwas.leerplicht_verzuim(year, 7, 1.0).select(pl.col("relatief_verzuim") / pl.col("leerlingen")).to_series() for year in (2023, 2024)]
    assert float(pl.DataFrame([levels[0].alias("a"), levels[1].alias("b")]).select(pl.corr("a", "b")).item()) > 0.8


@pytest.mark.parametrize("delivery", ["pvo_ondernemers", "halt_verwijzingen", "zvh_pga", "dealbreakers_deelname"])
def test_the_rows_of_a_year_grow_with_the_scale_until_the_grid_is_full(delivery: str) -> None:
    make = MAKERS[delivery]
    once = make(2025, 7, 1.0)
    assert make(2025, 7, 1.2).height == pytest.approx(1.2 * once.height, rel=0.1)


def test_a_full_grid_has_every_combination_once_and_larger_counts() -> None:
    once, often = (jonge_aanwas.halt_verwijzingen(2025, 7, scale) for scale in (1.0, 1_000.0))
    assert often.height == 29 * 4 * 3 * 9
    assert often["aantal"].sum() == pytest.approx(1_000 * once.height / often.height * int(once["aantal"].sum()), rel=0.01)


@given(total=st.integers(1, 400), scale=st.floats(1, 30))
@settings(max_examples=50)
def test_stretching_loses_no_case_and_makes_no_combination_twice(total: int, scale: float) -> None:
    generator = np.random.default_rng(total)
    axes = {"a": {"x": 0.7, "y": 0.3}, "b": {str(number): 1.0 for number in range(9)}}
    cells = count_cases(total, axes, generator, exact=("a",))
    assert cells["aantal"].sum() == total
    assert cells.filter(a="x")["aantal"].sum() == pytest.approx(0.7 * total, abs=0.5)
    made = stretch(cells, axes, scale, generator)
    assert made.select("a", "b").is_unique().all()
    assert made.height == min(18, max(cells.height, round(scale * cells.height)))
    assert made["aantal"].sum() >= total
