"""The way of a figure: every step is told, and to each reader no more than that reader may know."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app import figures, lineage
from app.access import PUBLIC, Rights, Scope, rights_of
from app.catalogue import Indicator
from app.figures import Area
from app.lineage import Step
from app.release import Release
from tests.app.conftest import page_html
from tests.app.release_fixture import RELEASE_ID

REGION, DELFT = Area("regio", "DH", "regio"), Area("gemeente", "GM0503", "Delft")
ROOMS = ["Ontvangen", "Getoetst aan de afspraak", "Samengebracht", "Berekend", "Beoordeeld", "Beschermd", "Gepubliceerd"]
WERKGROEP = rights_of(["werkgroep"])
SECRET, OPEN = "a" * 64, "b" * 64
ABOUT = {"severity": "fout", "delivery": None, "area_code": None, "period": None, "at": "2026-11-20T09:00:00+00:00", "role": "werkgroep", "finding": "f"}
EXCLUDED = {**ABOUT, "decision": "uitgesloten", "indicator_id": "mh_slachtoffers", "area_code": "GM0503", "text": "Dubbel geteld."}
AGREED = {**ABOUT, "decision": "akkoord", "indicator_id": "mh_slachtoffers", "area_code": "GM0503", "text": "Halvering klopt."}


def told(release: Release, area: Area = REGION, period: str = "2023", rights: Rights = PUBLIC, indicator_id: str = "mh_slachtoffers") -> dict[str, Step]:
    """The steps of a figure by their title."""
    indicator = next(one for one in release.indicators if one.id == indicator_id)
    cell = figures.find(release.values_of(indicator_id), area, period)
    return {step.title: step for step in lineage.steps(release, indicator, area, period, cell, rights)}


def words(step: Step) -> str:
    return lineage.html([step])


def with_manifest(release: Release, **changes: Any) -> Release:
    return dataclasses.replace(release, manifest={**release.manifest, **changes})


def with_files(release: Release) -> Release:
    """Files of a confidential delivery about three years, and one of open data; what their contracts promise."""
    files = [
        {"delivery": "comensha_slachtoffers", "sha256": sha, "origin": "inbox", "periods": periods, "received_at": "2024-02-01 10:00:00", "slice": ""}
        for sha, periods in (("c" * 64, ["2022Q1", "2022Q4"]), (SECRET, ["2023Q1", "2023Q4"]), ("d" * 64, ["2024Q1", "2024Q1"]))
    ]
    files.append(
        {"delivery": "cbs_bevolking", "sha256": OPEN, "origin": "service", "periods": ["2019", "2026"], "received_at": "2026-01-01", "slice": "totaal"}
    )
    promised = {"audiences": ["professional", "publiek"], "smallest_group": {"professional": 5, "publiek": 10}}
    contracts = [{**one, **promised, "confidential": one["delivery"] != "cbs_bevolking"} for one in release.manifest["contracts"]]
    return with_manifest(release, deliveries=files, contracts=contracts)


def with_corrections(release: Release) -> Release:
    hit = pl.col("delivery") == "comensha_slachtoffers"
    text = "2023Q1, kolom 'aantal', vervang: tikfout (toegepast)"
    deliveries = release.deliveries.with_columns(
        corrections=pl.when(hit).then(1).otherwise(0),
        correction_state=pl.when(hit).then(pl.lit("1 toegepast")),
        correction_text=pl.when(hit).then(pl.lit(text)),
    )
    return dataclasses.replace(release, deliveries=deliveries)


def test_a_figure_goes_through_every_room_in_order(release: Release) -> None:
    steps = told(with_files(release))
    assert list(steps) == ROOMS
    assert "CoMensha" in steps["Ontvangen"].text
    assert "Contract 1.0.0 voor Geregistreerde (mogelijke) slachtoffers mensenhandel (CoMensha)" in words(steps["Getoetst aan de afspraak"])
    assert "5 voor professionals en 10 voor iedereen" in words(steps["Getoetst aan de afspraak"])
    assert "teller ÷ noemer × 100.000" in words(steps["Berekend"])
    assert RELEASE_ID in steps["Gepubliceerd"].text
    assert "22 november 2026, 11:30 uur (UTC)" in words(steps["Gepubliceerd"])


def test_the_files_are_those_about_the_period(release: Release) -> None:
    said = words(told(with_files(release), rights=WERKGROEP)["Ontvangen"])
    assert "(CoMensha): 1 bestand over deze periode" in said
    assert "1e kwartaal 2023 tot en met 4e kwartaal 2023" in said
    assert SECRET in said
    assert "c" * 64 not in said
    assert "geen bestand over deze periode" in words(told(with_files(release), period="2025")["Ontvangen"])


@pytest.mark.parametrize(
    ("period", "asked", "overlap"),
    [(["2023Q1", "2023Q1"], "2023", True), (["2023-12", "2023-12"], "2024Q1", False), (["2024", "2024"], "2023/24", True), (["2023", "2023"], "2021/23", True)],
)
def test_periods_of_any_length_overlap_or_not(period: list[str], asked: str, overlap: bool) -> None:
    assert lineage._overlap(period, asked) is overlap


@pytest.mark.parametrize("roles", [[], ["publiek"], ["gemeente:GM0503"], ["professional"], ["analist"]])
def test_the_hash_of_a_confidential_file_is_for_who_guards_the_protection(roles: list[str], release: Release) -> None:
    said = words(told(with_files(release), rights=rights_of(roles))["Ontvangen"])
    assert SECRET not in said
    assert OPEN in said


def test_what_a_correction_was_about_is_told_where_the_release_holds_it(release: Release) -> None:
    assert "Correcties" not in words(told(release)["Getoetst aan de afspraak"]), "of a release from before that was kept nothing is said"
    whole = with_corrections(release)
    assert "1 toegepast. 2023Q1, kolom &#x27;aantal&#x27;, vervang: tikfout (toegepast)" in words(told(whole)["Getoetst aan de afspraak"])
    public = dataclasses.replace(whole, deliveries=whole.deliveries.drop("correction_text"))
    said = words(told(public)["Getoetst aan de afspraak"])
    assert "<dd>1 toegepast.</dd>" in said
    assert "<dd>geen</dd>" in said, "population was not corrected"


def test_an_exclusion_is_told_with_its_reason_at_the_figure_that_it_is_about(release: Release) -> None:
    decided = with_manifest(release, decisions=[EXCLUDED])
    assert "Dubbel geteld. (werkgroep)" in words(told(decided, DELFT)["Beoordeeld"])
    assert "Besluiten" not in words(told(decided, REGION)["Beoordeeld"])
    assert "Besluiten" not in words(told(decided, DELFT, indicator_id="alg_misdrijven")["Beoordeeld"])
    assert "Besluiten" not in words(told(release, DELFT)["Beoordeeld"])


def test_an_agreement_is_told_to_all_and_its_words_to_the_werkgroep_alone(release: Release) -> None:
    decided = with_manifest(release, decisions=[AGREED])
    said = {area.code: words(told(decided, area, rights=rights_of(["professional"]))["Beoordeeld"]) for area in (DELFT, REGION)}
    assert said["GM0503"] == said["DH"], "where it was is not told by where it stands"
    assert "Akkoord, 20 november 2026" in said["DH"]
    assert "Halvering" not in said["DH"]
    assert "Halvering klopt." in words(told(decided, DELFT, rights=WERKGROEP)["Beoordeeld"])


def test_a_decision_on_a_delivery_is_told_at_every_indicator_that_comes_from_it(release: Release) -> None:
    decided = with_manifest(release, decisions=[{**EXCLUDED, "indicator_id": None, "delivery": "comensha_slachtoffers", "area_code": None}])
    assert "Dubbel geteld." in words(told(decided)["Beoordeeld"])
    assert "Dubbel geteld." not in words(told(decided, indicator_id="alg_misdrijven")["Beoordeeld"])


def test_a_reader_of_a_gemeente_gets_the_hash_of_public_figures(release: Release) -> None:
    files = {"professional/values.parquet": SECRET, "publiek/values.parquet": OPEN}
    own = dataclasses.replace(with_manifest(release, files=files), scope=Scope("professional", ("GM0503",)))
    said = words(told(own)["Gepubliceerd"])
    assert OPEN in said
    assert SECRET not in said


def test_what_a_release_says_is_text_and_never_html(release: Release) -> None:
    odd = "<img src=x onerror=alert(1)>"
    contracts = [{**one, "title": odd, "owner": odd} for one in release.manifest["contracts"]]
    indicators = tuple(dataclasses.replace(one, definition=odd, limitations=odd) for one in release.indicators)
    hostile = dataclasses.replace(with_manifest(with_files(release), contracts=contracts, decisions=[{**EXCLUDED, "text": odd}]), indicators=indicators)
    assert "<img" not in lineage.html(told(hostile, DELFT).values())


def test_what_is_withheld_says_so_and_a_figure_about_nobody_needs_no_protection(release: Release) -> None:
    assert "geheim" in told(release, DELFT)["Beschermd"].text
    indicator: Indicator = next(one for one in release.indicators if not one.person_related)
    assert "niet over personen" in told(release, indicator_id=indicator.id)["Beschermd"].text


def test_the_page_shows_the_figure_of_its_address_and_its_way(open_page: Callable[..., AppTest]) -> None:
    html = page_html(app := open_page("herkomst", indicator="mh_slachtoffers", gebied="GM0503", periode="2023"))
    assert not app.exception
    assert app.header[0].value == "Geregistreerde \\(mogelijke\\) slachtoffers mensenhandel, Delft, 2023"
    assert all(f">{room}</h3>" in html for room in ROOMS)
    assert "Het cijfer over 2023 voor Delft is geheim." in html


def test_an_indicator_without_a_total_is_told_by_category(open_page: Callable[..., AppTest]) -> None:
    app = open_page("herkomst", indicator="mh_slachtoffers_vorm", periode="2023", categorie="arbeid")
    assert not app.exception
    assert "arbeid" in app.header[0].value
