"""A row that names a gemeente which had ended, or one that never was, is set apart with the name to use instead."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import all_contracts, contract_of
from pipelines.intake.checking.ended import SEEDS, ended_names, ended_rows

BASISNIVEAU, VERZUIM, RSIV = (contract_of(name) for name in ("gemeente_basisniveau", "leerplicht_verzuim", "rsiv_activiteiten"))
NAMES = ended_names()


def mergers() -> list[dict[str, str]]:
    with (SEEDS / "area_mergers.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def answers(*rows: tuple[str | None, str | None], column: str = "jaar") -> pl.DataFrame:
    """Rows of a gemeente and a period, typed, numbered from 2."""
    schema = {"gemeente": pl.String, column: pl.String, "source_row": pl.Int64}
    return pl.DataFrame([(*row, number) for number, row in enumerate(rows, 2)], schema=schema, orient="row")


def test_before_its_merger_a_gemeente_may_be_named_and_after_it_the_answer_says_what_to_use() -> None:
    found = ended_rows(answers(("Noordwijkerhout", "2018"), ("Noordwijkerhout", "2019"), ("Noordwijk", "2020")), BASISNIVEAU, NAMES)
    assert found.rows() == [(3, "gemeente", "noemt Noordwijkerhout, een gemeente die niet meer bestaat sinds 1-1-2019; gebruik Noordwijk")]


def test_a_school_year_is_about_its_first_day() -> None:
    found = ended_rows(answers(("Noordwijkerhout", "2018/19"), ("Noordwijkerhout", "2019/20"), column="schooljaar"), VERZUIM, NAMES)
    assert found["source_row"].to_list() == [3]


@pytest.mark.parametrize("text", ["Ter Aar", "TER  AAR", "ter aar ", "GM0480", "0480"])
def test_a_gemeente_that_ended_before_2010_is_known_as_ended_in_any_spelling(text: str) -> None:
    (rule,) = ended_rows(answers((text, "2010")), BASISNIVEAU, NAMES)["rule"]
    assert rule == "noemt Ter Aar, een gemeente die niet meer bestaat sinds 1-1-2007; gebruik Nieuwkoop"


@pytest.mark.parametrize("text", ["HLT", "hltsamen", "Hillegom/Lisse/Teylingen"])
def test_one_organisation_of_three_gemeenten_is_never_a_row_of_figures(text: str) -> None:
    (rule,) = ended_rows(answers((text, "2026")), BASISNIVEAU, NAMES)["rule"]
    assert rule.endswith("één organisatie van drie gemeenten, dus geen gemeente met eigen cijfers; gebruik Hillegom, Lisse of Teylingen")


def test_a_period_that_could_not_be_read_and_an_empty_cell_say_nothing() -> None:
    assert ended_rows(answers(("Noordwijkerhout", None), (None, "2026")), BASISNIVEAU, NAMES).is_empty()


def test_open_data_of_the_whole_country_is_passed_over() -> None:
    assert ended_rows(answers(("Valkenburg", "2020")), contract_of("cbs_bevolking"), NAMES).is_empty()


def test_every_gemeente_that_ended_leads_to_one_of_today_and_none_of_today_is_among_them() -> None:
    with (SEEDS / "areas.csv").open(encoding="utf-8", newline="") as lines:
        today = {row["area_code"]: row["area_name"] for row in csv.DictReader(lines) if row["area_level"] == "gemeente"}
    assert {row["new_code"] for row in mergers()} <= set(today)
    assert not {name.lower() for name in (*today.values(), *today)} & set(NAMES)


@given(st.lists(st.tuples(st.one_of(st.sampled_from(sorted(NAMES)), st.sampled_from(["delft", "noordwijk", ""])), st.integers(2000, 2030)), max_size=20))
def test_what_is_found_is_what_ended_on_or_before_the_first_day(rows: list[tuple[str, int]]) -> None:
    found = ended_rows(answers(*((text, str(year)) for text, year in rows)), BASISNIVEAU, NAMES)
    expected = [
        number
        for number, (text, year) in enumerate(rows, 2)
        if text in NAMES and ((since := NAMES[text].since) is None or f"{year}-01-01" >= since.isoformat())
    ]
    assert sorted(found["source_row"]) == expected


def test_the_sentence_holds_no_text_of_the_row_but_the_name_of_our_own_list() -> None:
    lists = {row["old_name"] for row in mergers()}
    for rule in {name.rule for name in NAMES.values() if name.since}:
        assert rule.removeprefix("noemt ").split(",")[0] in lists


def test_an_area_seed_without_the_gemeente_of_today_still_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("area_code,area_name\n", encoding="utf-8")
    (tmp_path / "area_mergers.csv").write_text("old_code,old_name,new_code,opgegaan_op\nGM0001,Oud,GM0002,2020-01-01\n", encoding="utf-8")
    for seed in ("area_aliases", "area_refused_names"):
        (tmp_path / f"{seed}.csv").write_text("area_level,alias,area_code,reden,gebruik\n", encoding="utf-8")
    assert ended_names(tmp_path)["oud"].rule.endswith("gebruik GM0002")


@pytest.mark.parametrize(
    "contract", [contract for contract in all_contracts() if not contract.terms().is_fetched], ids=lambda contract: contract.terms().delivery
)
def test_every_contract_can_be_looked_at(contract: type) -> None:
    kinds = contract.kinds()  # type: ignore[attr-defined]
    frame = pl.DataFrame(schema=dict.fromkeys(kinds, pl.String) | {"source_row": pl.Int64})
    assert ended_rows(frame, contract, NAMES).is_empty()
