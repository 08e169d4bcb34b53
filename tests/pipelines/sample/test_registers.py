"""The registers of the sample: they hold to their contracts, point at each other, and know nothing before its time."""

from __future__ import annotations

import re

import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.sample.plan import FIRST_YEAR
from pipelines.sample.registers import MAKERS

YEARS = range(FIRST_YEAR, 2027)


def made(register: str) -> pl.DataFrame:
    return pl.concat([MAKERS[register](year, 2023, 1.0) for year in YEARS])


@pytest.mark.parametrize("register", MAKERS)
def test_every_year_of_a_register_keeps_its_contract(register: str) -> None:
    frames = [MAKERS[register](year, 2023, 1.0) for year in YEARS]
    for frame in frames:
        if frame.height:
            contract_of(register).validate(frame, lazy=True)
    assert sum(frame.height for frame in frames) >= 10


def test_partners_pass_things_on_to_partners_that_are_there_in_the_same_year() -> None:
    partners = made("partners").with_columns(pl.col("geeft_door_aan").str.split("; "))
    arrows = partners.explode("geeft_door_aan").drop_nulls("geeft_door_aan").select("jaar", "partner_id", "geeft_door_aan")
    there = partners.select("jaar", geeft_door_aan="partner_id")
    assert arrows.height > 150
    assert arrows.join(there, on=["jaar", "geeft_door_aan"], how="anti").is_empty()
    assert set(arrows.filter(geeft_door_aan="meldpunt")["jaar"]) == {"2024", "2025", "2026"}


def test_a_route_leads_to_a_partner_of_the_register_and_to_the_meldpunt_from_2024() -> None:
    routes, partners = made("meldroutes"), made("partners")
    assert set(routes["partner_id"].drop_nulls()) <= set(partners["partner_id"])
    assert set(routes.filter(partner_id="meldpunt")["jaar"]) == {"2024", "2025", "2026"}
    assert set(routes["voor_wie"]) == {"professional", "inwoner", "slachtoffer", "ondernemer"}


def test_steps_of_a_route_count_from_one_without_gaps() -> None:
    steps = made("meldroutes").group_by("jaar", "route_id").agg(pl.col("stap").sort())
    assert all(row == list(range(1, len(row) + 1)) for row in steps["stap"].to_list())


def test_an_action_moves_from_planned_to_done_and_is_late_between() -> None:
    routekaart = made("acties").filter(pl.col("actie").str.starts_with("Eerste versie van de mensenhandelmonitor")).sort("kwartaal")
    assert routekaart["status"].to_list() == ["loopt", "gereed", "gereed", "gereed"]
    menukaart = made("acties").filter(pl.col("actie").str.starts_with("Menukaart")).sort("kwartaal")
    assert menukaart["status"].to_list() == ["gepland", "loopt", "loopt", "gereed"]
    assert {"vertraagd", "vervallen"} <= set(made("acties")["status"])


def test_a_register_does_not_know_an_end_that_lies_ahead() -> None:
    police = made("meldroutes").filter(route_id="seksuele-uitbuiting", partner_id="avim").sort("jaar")
    assert police["jaar"].to_list() == ["2021", "2022", "2023", "2024"]
    assert police["geldig_tot"].null_count() == 3


def test_the_first_quarter_of_2025_is_about_online_sexual_violence() -> None:
    (topic,) = made("kwartaalthemas").filter(kwartaal="2025Q1").iter_rows(named=True)
    assert (topic["titel"], topic["themas"], str(topic["bijeenkomst_op"])) == ("Online seksueel geweld", "mensenhandel|online criminaliteit", "2025-03-27")


def test_phone_numbers_and_addresses_are_of_a_kind_that_nobody_has() -> None:
    texts = [text for register in MAKERS for column in made(register).iter_columns() if column.dtype == pl.String for text in column.drop_nulls()]
    addresses = {domain for text in texts for domain in re.findall(r"@([\w.-]+\w)", text)}
    numbers = {number for text in texts for number in re.findall(r"(?<!\d)0\d{1,3} \d[\d ]{5,}\d", text)}
    assert addresses == {"example.nl"}
    assert len(numbers) > 10
    assert all(re.fullmatch(r"0\d{1,3} 000 00 \d\d|0\d{3} 000 0\d\d", number) for number in numbers)
