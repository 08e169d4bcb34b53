"""The makers of mensenhandel: they keep their contracts, meet what is published, and a later year leaves an earlier one alone."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts import contract_of
from data_contracts.base import AT_LEAST, AT_MOST
from pipelines.sample.mensenhandel import MAKERS
from pipelines.sample.mensenhandel_counts import CLIENT_ARTICLE
from pipelines.sample.published import CALIBRATED_YEAR, PUBLISHED_FIGURES
from pipelines.sample.shelter import BEDS

SEEDS = st.integers(min_value=0, max_value=2**40)
EVERY = pytest.mark.parametrize("delivery", MAKERS)
YEARS = (2021, 2022, 2023, 2026)
SHELTER = ("slachtoffers_gevonden", "opvang_gezocht", "geplaatst")


def with_bounds(rows: pl.DataFrame, delivery: str) -> pl.DataFrame:
    """The typed frame of exact counts: beside each count that may be bounded stand its bounds."""
    bounded = [column for column, field in contract_of(delivery).kinds().items() if field.get("bounded")]
    bounds = [pl.col(column).alias(f"{column}{suffix}") for column in bounded for suffix in (AT_LEAST, AT_MOST)]
    return rows.with_columns(bounds).select(list(contract_of(delivery).to_schema().columns))


@EVERY
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_every_made_year_keeps_its_contract(delivery: str, year: int, scale: float) -> None:
    for seed in (0, 7, 2023):
        rows = MAKERS[delivery](year, seed, scale)
        assert rows.columns == list(contract_of(delivery).kinds())
        contract_of(delivery).validate(with_bounds(rows, delivery), lazy=True)


@EVERY
def test_the_same_arguments_give_the_same_rows_and_another_seed_others(delivery: str) -> None:
    make = MAKERS[delivery]
    assert make(2024, 7, 1.0).equals(make(2024, 7, 1.0))
    assert not make(2024, 7, 1.0).equals(make(2024, 8, 1.0))


@EVERY
def test_a_file_holds_its_own_year_and_nothing_else(delivery: str) -> None:
    periods = MAKERS[delivery](2024, 7, 1.0)[contract_of(delivery).terms().period_column].cast(pl.String)
    assert periods.str.starts_with("2024").all()
    assert periods.str.slice(4).n_unique() >= 4


@settings(max_examples=25)
@given(seed=SEEDS, scale=st.floats(1, 20))
def test_shelter_in_the_second_half_of_2022_is_as_published_at_any_seed_and_scale(seed: int, scale: float) -> None:
    studied = MAKERS["avim_opvang"](2022, seed, scale).filter(pl.col("maand") >= "2022-07")
    found, sought, placed = studied.select(pl.col(SHELTER).sum()).row(0)
    assert found == PUBLISHED_FIGURES["opvang slachtoffers gevonden"].value == 442
    assert sought == PUBLISHED_FIGURES["opvang gezocht"].value == 85
    assert sought - placed == PUBLISHED_FIGURES["opvang niet geplaatst"].value == 50


@settings(max_examples=25)
@given(seed=SEEDS, scale=st.floats(1, 20))
def test_a_third_of_the_suspects_of_sexual_exploitation_is_younger_than_23_at_any_seed_and_scale(seed: int, scale: float) -> None:
    rows = MAKERS["politie_mensenhandel"](CALIBRATED_YEAR, seed, scale)
    known = rows.filter(pl.col("soort") == "verdachte", pl.col("uitbuitingsvorm") == "seksueel", pl.col("leeftijdsgroep") != "onbekend")
    young = known.filter(pl.col("leeftijdsgroep").is_in(["12-17", "18-22"]))
    assert 3 * young["aantal"].sum() == known["aantal"].sum() > 30
    assert round(100 * young["aantal"].sum() / known["aantal"].sum()) == PUBLISHED_FIGURES["verdachten seksuele uitbuiting onder 23"].value


@pytest.mark.parametrize("delivery", ["avim_opvang", "opvang_bedden", "meldpunt_meldingen", "heit_controles"])
def test_records_grow_with_the_scale(delivery: str) -> None:
    assert 8 < MAKERS[delivery](2024, 7, 10.0).height / MAKERS[delivery](2024, 7, 1.0).height < 12


@pytest.mark.parametrize("delivery", ["politie_mensenhandel", "om_zaken", "nla_meldingen"])
def test_counts_first_get_more_rows_and_then_grow(delivery: str) -> None:
    one, two, many, more = (MAKERS[delivery](2024, 7, scale) for scale in (1.0, 2.0, 400.0, 800.0))
    assert two.height == pytest.approx(2 * one.height, rel=0.05)
    assert two["aantal"].sum() == one["aantal"].sum()
    assert more.height == many.height
    assert more["aantal"].sum() == pytest.approx(2 * many["aantal"].sum(), rel=0.05)


def test_cases_of_the_riec_run_on_from_one_year_into_the_next() -> None:
    key = ["ondermijningstafel", "thema"]
    last = MAKERS["riec_casuistiek"](2023, 7, 1.0).filter(pl.col("kwartaal") == "2023Q4")
    first = MAKERS["riec_casuistiek"](2024, 7, 1.0).filter(pl.col("kwartaal") == "2024Q1")
    both = first.join(last.select(*key, pl.col("casussen_lopend").alias("before")), on=key)
    assert both.height == 6 * 7
    assert both.filter(pl.col("before") + pl.col("casussen_gestart") - pl.col("casussen_afgesloten") != pl.col("casussen_lopend")).is_empty()


def test_nobody_is_prosecuted_as_a_client_before_the_law_of_2022() -> None:
    before, after = (MAKERS["om_zaken"](year, 7, 50.0)["wetsartikel"] for year in (2021, 2022))
    assert CLIENT_ARTICLE not in before
    assert CLIENT_ARTICLE in after


def test_the_beds_of_the_region_stay_far_below_the_national_estimate_and_grow_when_a_location_opens() -> None:
    a_day = MAKERS["opvang_bedden"](2024, 7, 1.0).group_by("datum").agg(pl.col("capaciteit", "bezet").sum(), pl.len().alias("rows")).sort("datum")
    assert a_day["capaciteit"].max() < 112 / 3
    assert a_day["rows"][0] == 6
    assert a_day.filter(pl.col("datum") == dt.date(2024, 3, 1))["rows"][0] == 7 == sum(each.opened <= dt.date(2024, 3, 1) for each in BEDS)
    assert 0.7 < a_day["bezet"].sum() / a_day["capaciteit"].sum() < 0.95


def test_more_is_reported_once_there_is_a_regional_contact_point() -> None:
    before, after = (MAKERS["meldpunt_meldingen"](year, 7, 10.0) for year in (2023, 2025))
    assert after.height > 1.8 * before.height
    medians = [float(rows.select(pl.col("dagen_tot_eerste_actie").median()).item()) for rows in (before, after)]
    assert medians[1] < medians[0]
    assert 0 < after["gemeente"].null_count() < after.height / 4


def test_the_heit_finds_something_wrong_in_about_half_of_its_inspections() -> None:
    rows = MAKERS["heit_controles"](2024, 7, 1.0)
    assert 0.45 < (rows["misstanden"] != "geen").mean() < 0.67
    assert 0.02 < rows["signaal_mensenhandel"].mean() < 0.1
    assert rows["misstanden"].str.contains("|", literal=True).any()
