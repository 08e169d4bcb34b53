"""Open data comes from the service, else from what was recorded, else from what landed, else from a stand-in that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data_contracts import all_contracts, contract_of
from pipelines.intake import register
from pipelines.intake.connectors import paging
from pipelines.intake.judging import judge_landed
from pipelines.intake.opendata import gather_open_data
from pipelines.resources import Settings
from tests.pipelines.intake.odata_service import Service, recorded_population

BEVOLKING = contract_of("cbs_bevolking")
MISDRIJVEN = contract_of("politie_misdrijven")
GEBIEDEN = contract_of("cbs_gebieden")


@pytest.fixture
def service(open_data: Path) -> Iterator[Service]:
    with recorded_population(open_data) as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(paging, "BACKOFF", 0.0)
    nobody = "http://127.0.0.1:9/odata"  # port 9 (discard): nobody listens
    return Settings(data_dir=tmp_path, cbs_url=nobody, cbs_feed_url=nobody, politie_url=nobody)


def origins(settings: Settings, delivery: str) -> dict[str, str]:
    with register.open_register(settings.register) as lines:
        return {line["slice"]: line["origin"] for line in lines.execute("select * from received where delivery = ? order by id", (delivery,))}


def test_what_the_service_gives_is_landed_and_the_slice_that_it_lacks_is_made_up(service: Service, settings: Settings) -> None:
    settings = replace(settings, cbs_url=service.url)
    assert {notice.status for notice in gather_open_data(settings, BEVOLKING, ask_service=True)} == {"received"}
    # the recording has neither ages nor men and women apart
    assert origins(settings, "cbs_bevolking") == {"totaal": "service"} | dict.fromkeys(("geslacht", "kinderen", "jongeren", "24-41", "42-59"), "synthetic")
    judge_landed(settings, BEVOLKING)
    rows = pl.read_parquet(settings.accepted / "cbs_bevolking" / "*.parquet").filter(gemeente="GM0518", jaar="2023", leeftijd="totaal", geslacht="totaal")
    assert rows["inwoners"].to_list() == [562839]


def test_a_run_asks_no_service(service: Service, settings: Settings) -> None:
    settings = replace(settings, cbs_url=service.url, cbs_feed_url=service.url, politie_url=service.url)
    for contract in all_contracts():
        gather_open_data(settings, contract, ask_service=False)
    assert service.requests == []


def test_the_recorded_map_gives_the_227_wijken_with_their_gemeente_and_regio(settings: Settings, open_data: Path) -> None:
    gather_open_data(replace(settings, open_data=open_data), GEBIEDEN, ask_service=False)
    judge_landed(settings, GEBIEDEN)
    rows = pl.read_parquet(settings.accepted / "cbs_gebieden" / "*.parquet")
    assert (rows.height, rows["gemeente"].n_unique(), rows.filter(gemeente="GM0518").height) == (227, 27, 44)
    assert rows.group_by("regio").agg(pl.col("gemeente").n_unique()).sort("regio").rows() == [("Haaglanden", 9), ("Hollands Midden", 18)]
    assert rows["inwoners"].sum() == 1953245


def test_a_made_up_wijk_is_called_so_and_has_no_code_of_a_real_one(settings: Settings, open_data: Path) -> None:
    gather_open_data(settings, GEBIEDEN, ask_service=False)
    judge_landed(settings, GEBIEDEN)
    rows = pl.read_parquet(settings.accepted / "cbs_gebieden" / "*.parquet")
    assert origins(settings, "cbs_gebieden") == {"": "synthetic"}
    assert rows["naam"].str.contains("(synthetisch)", literal=True).all()
    assert rows["wijk"].str.contains(r"^WK\d{4}S\d$").all()
    assert rows["gemeente"].n_unique() == 27


def test_without_service_or_recording_a_stand_in_is_landed_and_called_synthetic(settings: Settings) -> None:
    notices = [*gather_open_data(settings, BEVOLKING, ask_service=True), *gather_open_data(settings, MISDRIJVEN, ask_service=False)]
    assert all("Synthetisch" in notice.sentence for notice in notices)
    assert "niet bereikt" in notices[0].sentence
    assert set(origins(settings, "cbs_bevolking").values()) | set(origins(settings, "politie_misdrijven").values()) == {"synthetic"}


def test_a_stand_in_gives_way_to_the_recorded_file_and_leaves_no_row_behind(settings: Settings, open_data: Path) -> None:
    gather_open_data(settings, MISDRIJVEN, ask_service=False)
    judge_landed(settings, MISDRIJVEN)
    real = Settings(data_dir=settings.data_dir, open_data=open_data)
    gather_open_data(real, MISDRIJVEN, ask_service=False)
    judge_landed(real, MISDRIJVEN)
    rows = pl.read_parquet(settings.accepted / "politie_misdrijven" / "*.parquet")
    assert sorted(rows["jaar"].unique()) == ["2022", "2023"]
    assert rows.filter(regio="'s-Gravenhage (gemeente)", jaar="2023")["misdrijven"].to_list() == [37483]


def test_what_landed_stays_in_use_when_neither_service_nor_recording_is_there(settings: Settings, open_data: Path) -> None:
    gather_open_data(Settings(data_dir=settings.data_dir, open_data=open_data), MISDRIJVEN, ask_service=False)
    (notice,) = gather_open_data(settings, MISDRIJVEN, ask_service=False)
    assert notice.status == "known"
    assert "blijven gelden" in notice.sentence
    assert origins(settings, "politie_misdrijven") == {"": "recorded"}


def test_the_stand_ins_of_ages_and_sexes_keep_to_the_real_totals(settings: Settings, open_data: Path) -> None:
    gather_open_data(Settings(data_dir=settings.data_dir, open_data=open_data), BEVOLKING, ask_service=False)
    judge_landed(settings, BEVOLKING)
    rows = pl.read_parquet(settings.accepted / "cbs_bevolking" / "*.parquet").filter(gemeente="GM0518", jaar="2023")
    assert rows.filter(leeftijd="totaal", geslacht="totaal")["inwoners"].to_list() == [562839]
    assert rows.filter(pl.col("geslacht") != "totaal")["inwoners"].sum() == 562839
    ages = rows.filter(pl.col("leeftijd") != "totaal")
    assert ages["leeftijd"].n_unique() == 60
    assert 0.65 * 562839 < ages["inwoners"].sum() < 0.80 * 562839  # the rest is 60 or older
    assert 0.10 * 562839 < ages.filter(pl.col("leeftijd").cast(int).is_between(12, 23))["inwoners"].sum() < 0.20 * 562839


def test_a_wijk_whose_code_is_of_another_gemeente_breaks_the_contract() -> None:
    (rule,) = GEBIEDEN.rules()
    rows = pl.DataFrame({"wijk": ["WK051801", "WK051801", None], "gemeente": ["GM0518", "GM0503", "GM0503"]})
    assert rows.select(rule.holds).to_series().to_list() == [True, False, None]
