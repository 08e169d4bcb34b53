"""The tidy frames, before they are dressed: 2023 is exact at any seed, and no year has a cell too small to publish."""

from __future__ import annotations

import datetime as dt
import itertools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.jonge_aanwas.politie_jeugd_verdachten import PolitieJeugdVerdachten
from data_contracts.mensenhandel.comensha_slachtoffers import ComenshaSlachtoffers
from data_contracts.mensenhandel.gemeente_basisniveau import GemeenteBasisniveau
from data_contracts.mensenhandel.rsiv_activiteiten import RsivActiviteiten
from data_contracts.online_criminaliteit.politie_online_registraties import PolitieOnlineRegistraties
from pipelines.sample import CALIBRATED_YEAR, PUBLISHED_FIGURES
from pipelines.sample.allocation import allocate, deal
from pipelines.sample.counts import jeugd_verdachten, online_registraties
from pipelines.sample.rsiv import PARTS, gemeente_basisniveau, rsiv_activiteiten
from pipelines.sample.victims import comensha_slachtoffers, early_fourth_quarter

SEEDS = st.integers(min_value=0, max_value=2**40)
SOME_SEEDS = (0, 7, 2023)
YEARS = (2021, 2022, 2023, 2024, 2025, 2026)
FRAUD = ("aan- en verkoopfraude", "bankhelpdeskfraude", "hulpvraagfraude")


def count_victims(rows: pl.DataFrame) -> int:
    return rows["pseudoniem"].n_unique()


def victims_per_form(rows: pl.DataFrame) -> dict[str, int]:
    forms = rows.with_columns(pl.col("uitbuitingsvormen").str.split("|")).explode("uitbuitingsvormen")
    return {form: count_victims(part) for (form,), part in forms.partition_by("uitbuitingsvormen", as_dict=True).items()}


def with_district(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    known = ~pl.col(column).is_in(["onbekend", "elders"])
    return rows.with_columns(pl.when(known).then(pl.col(column).str.head(1)).otherwise(pl.col(column)).alias("district"))


def smallest_cell(rows: pl.DataFrame, *by: str) -> int:
    """The smallest count of a table, which is 0 when a combination of its members has no row."""
    full = rows.select(pl.col(by[0]).unique())
    for column in by[1:]:
        full = full.join(rows.select(pl.col(column).unique()), how="cross")
    return min(full.join(rows.group_by(by).agg(pl.col("aantal").sum()), on=by, how="left")["aantal"].fill_null(0).to_list())


@settings(max_examples=40)
@given(seed=SEEDS)
def test_victims_of_2023_are_as_published_at_any_seed(seed: int) -> None:
    rows = comensha_slachtoffers(CALIBRATED_YEAR, seed=seed)
    figures = {name: figure.value for name, figure in PUBLISHED_FIGURES.items()}
    assert count_victims(rows) == figures["slachtoffers"]
    assert count_victims(rows.filter(pl.col("leeftijdsgroep") == "0-17")) == figures["slachtoffers minderjarig"]
    assert count_victims(rows.filter(~pl.col("leeftijdsgroep").is_in(["0-17", "onbekend"]))) == figures["slachtoffers meerderjarig"]
    assert victims_per_form(rows) == {form: figures[f"slachtoffers {form}"] for form in ("crimineel", "arbeid", "seksueel")}
    assert rows.height > count_victims(rows)  # some are reported twice
    assert set(rows["zorgregio"]) == {"HGL", "HM"}


@settings(max_examples=40)
@given(seed=SEEDS)
def test_online_registrations_of_2023_are_as_published_at_any_seed(seed: int) -> None:
    rows = online_registraties(CALIBRATED_YEAR, seed=seed)
    counts = dict(rows.group_by("delictsoort").agg(pl.col("aantal").sum()).iter_rows())
    assert counts == {name: PUBLISHED_FIGURES[name].value for name in counts}
    assert len(counts) == 6
    assert sum(counts.values()) == PUBLISHED_FIGURES["registraties online criminaliteit"].value
    assert round(100 * sum(counts[name] for name in FRAUD) / sum(counts.values())) == PUBLISHED_FIGURES["aandeel online fraude"].value
    known = rows.filter(pl.col("delictsoort") == "bankhelpdeskfraude", pl.col("leeftijdsgroep_slachtoffer") != "onbekend")
    older = known.filter(pl.col("leeftijdsgroep_slachtoffer") == "60+")
    assert round(100 * int(older["aantal"].sum()) / int(known["aantal"].sum())) == PUBLISHED_FIGURES["bankhelpdeskfraude slachtoffers 60+"].value


@pytest.mark.parametrize("seed", SOME_SEEDS)
@pytest.mark.parametrize("year", YEARS)
def test_every_made_year_keeps_its_contract(seed: int, year: int) -> None:
    ComenshaSlachtoffers.validate(comensha_slachtoffers(year, seed=seed), lazy=True)
    PolitieOnlineRegistraties.validate(online_registraties(year, seed=seed), lazy=True)
    PolitieJeugdVerdachten.validate(jeugd_verdachten(year, seed=seed), lazy=True)
    GemeenteBasisniveau.validate(gemeente_basisniveau(year, seed=seed), lazy=True)
    RsivActiviteiten.validate(rsiv_activiteiten(year, seed=seed), lazy=True)


@pytest.mark.parametrize("seed", SOME_SEEDS)
@pytest.mark.parametrize("year", YEARS)
def test_online_tables_have_no_cell_under_ten_even_with_ten_months_in(seed: int, year: int) -> None:
    rows = with_district(online_registraties(year, seed=seed), "basisteam").filter(pl.col("maand") <= f"{year}-{10 if year == 2026 else 12}")
    assert rows["district"].n_unique() == 9
    assert rows["basisteam"].n_unique() == 30
    age = "leeftijdsgroep_slachtoffer"
    for table in (("district", "delictsoort"), ("district", "soort"), ("district", age), ("district", "maand"), ("basisteam",), ("basisteam", "soort")):
        assert smallest_cell(rows, *table) >= 10, table
    for table in (("delictsoort", "maand"), ("delictsoort", age), ("delictsoort", "soort")):
        assert smallest_cell(rows, *table) >= 10, table


@pytest.mark.parametrize("seed", SOME_SEEDS)
@pytest.mark.parametrize("year", YEARS)
def test_youth_tables_have_no_cell_under_ten_even_with_three_quarters_in(seed: int, year: int) -> None:
    rows = with_district(jeugd_verdachten(year, seed=seed), "basisteam_woonplaats").filter(pl.col("kwartaal") <= f"{year}Q{3 if year == 2026 else 4}")
    assert rows["basisteam_woonplaats"].n_unique() == 30
    for table in (("district", "delict"), ("district", "leeftijd"), ("district", "kwartaal"), ("basisteam_woonplaats",), ("delict", "kwartaal")):
        assert smallest_cell(rows, *table) >= 10, table


@pytest.mark.parametrize("seed", SOME_SEEDS)
@pytest.mark.parametrize("year", YEARS)
def test_victim_tables_of_the_region_have_no_cell_under_ten_even_with_three_quarters_in(seed: int, year: int) -> None:
    rows = comensha_slachtoffers(year, seed=seed).filter(pl.col("meldkwartaal") <= f"{year}Q{3 if year == 2026 else 4}")
    assert set(victims_per_form(rows)) == {"crimineel", "arbeid", "seksueel"}
    assert min(victims_per_form(rows).values()) >= 10
    for column in ("meldkwartaal", "zorgregio"):
        assert min(count_victims(part) for part in rows.partition_by(column)) >= 10


def test_some_victims_have_several_forms_quarters_or_melders_and_some_no_gemeente() -> None:
    rows = comensha_slachtoffers(CALIBRATED_YEAR, seed=2023)
    per_victim = rows.group_by("pseudoniem").agg(pl.col("meldkwartaal", "melder").n_unique(), pl.col("zorgregio", "leeftijdsgroep", "geslacht").n_unique())
    assert rows["uitbuitingsvormen"].str.contains("|", literal=True).sum() >= 5
    assert (per_victim["meldkwartaal"] > 1).sum() >= 3
    assert (per_victim["melder"] > 1).sum() >= 3
    assert per_victim.select("zorgregio", "leeftijdsgroep", "geslacht").max().row(0) == (1, 1, 1)
    assert rows["gemeente"].null_count() >= 5
    assert 1 <= (rows["gemeente"] == "elders").sum() <= 10


def test_a_victim_known_from_last_year_keeps_pseudonym_and_sex() -> None:
    before, after = (comensha_slachtoffers(year, seed=2023) for year in (2022, 2023))
    both = before.select("pseudoniem", "geslacht").unique().join(after.select("pseudoniem", "geslacht").unique(), on="pseudoniem")
    assert both.height == 2
    assert (both["geslacht"] == both["geslacht_right"]).all()


def test_the_early_fourth_quarter_is_incomplete_and_holds_a_victim_who_is_gone_later() -> None:
    final = comensha_slachtoffers(CALIBRATED_YEAR, seed=2023)
    early = early_fourth_quarter(final, seed=2023)
    assert set(early["meldkwartaal"]) == {"2023Q4"}
    assert count_victims(early) < count_victims(final.filter(pl.col("meldkwartaal") == "2023Q4"))
    assert len(set(early["pseudoniem"]) - set(final["pseudoniem"])) == 1


def test_the_basisniveau_never_falls_and_nearly_all_gemeenten_have_a_policy() -> None:
    years = [gemeente_basisniveau(year, seed=2023).select(*PARTS) for year in (2022, 2023, 2024, 2025)]
    for before, after in itertools.pairwise(years):
        assert all((after[part] | ~before[part]).all() for part in PARTS)
    assert 25 <= years[2]["beleid_mensenhandel"].sum() < 27


def test_about_sixty_activities_a_year_on_weekdays_with_a_mark_for_some() -> None:
    rows = rsiv_activiteiten(CALIBRATED_YEAR, seed=2023)
    assert 50 <= rows.height <= 70
    assert set(rows["datum"].dt.weekday()) <= {1, 2, 3, 4, 5}
    assert rows["datum"].is_between(dt.date(2023, 1, 1), dt.date(2023, 12, 31)).all()
    assert rows["activiteit_id"][13] == "RSIV-2023-014"
    assert 0 < rows["waardering"].null_count() < rows.height
    assert rows["thema"].n_unique() == 3


@given(total=st.integers(90, 5_000), weights=st.lists(st.floats(0.01, 10), min_size=1, max_size=9), floor=st.integers(0, 10))
def test_an_allocation_adds_up_and_keeps_its_floor(total: int, weights: list[float], floor: int) -> None:
    counts = allocate(total, weights, floor=floor)
    assert counts.sum() == total
    assert counts.min() >= floor


@given(counts=st.lists(st.integers(0, 60), min_size=2, max_size=12), start=st.floats(0, 1, exclude_max=True))
def test_a_deal_gives_every_label_as_often_as_asked(counts: list[int], start: float) -> None:
    labels = deal(allocate(sum(counts), [count + 1e-9 for count in counts]), start=start)
    assert len(labels) == sum(counts)


def test_a_floor_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 5 each"):
        allocate(14, [1, 1, 1], floor=5)
