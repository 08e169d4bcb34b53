"""The main job end to end: sample data and recorded open data become a release with the published figures in it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.resources import Settings
from pipelines.sample import PUBLISHED_FIGURES
from tests.conftest import PROJECT, ketenmonitor

pytestmark = pytest.mark.slow


def current(data_dir: Path) -> Path:
    return data_dir / "releases" / (data_dir / "releases" / "current").read_text().strip()


def published(data_dir: Path, audience: str = "professional") -> pl.DataFrame:
    return pl.read_parquet(current(data_dir) / audience / "values.parquet")


def regional(frame: pl.DataFrame, indicator: str, period: str = "2023") -> dict[str, float]:
    rows = frame.filter(indicator_id=indicator, area_level="regio", period=period, dimension_2="totaal")
    return dict(rows.select("category_1", "numerator").iter_rows())


def test_the_release_holds_the_real_registered_crimes_per_inhabitant(sample_run: Path) -> None:
    rows = published(sample_run).filter(indicator_id="alg_misdrijven")
    of_2023 = dict(rows.filter(period="2023").select("area_code", "numerator").iter_rows())
    assert (of_2023["GM0518"], of_2023["GM0503"], of_2023["GM0603"], of_2023["DH"]) == (37483, 5441, 3348, 93770)
    (region_2022,) = rows.filter(period="2022", area_level="regio").iter_rows(named=True)
    assert region_2022["numerator"] == 94093
    assert region_2022["value"] == pytest.approx(1000 * 94093 / region_2022["denominator"])
    the_hague = rows.filter(period="2023", area_code="GM0518").row(0, named=True)
    assert the_hague["denominator"] == 562839


def test_the_quality_report_names_the_difference_of_two_as_a_finding_and_not_as_an_error(sample_run: Path) -> None:
    quality = json.loads((current(sample_run) / "quality" / "quality.json").read_text())
    (finding,) = [row for row in quality["findings"] if row["indicator_id"] == "alg_misdrijven" and "94.093" in row["sentence"]]
    assert "94.091" in finding["sentence"]
    assert finding["severity"] != "fout"
    assert quality["verdict"] != "fout"


def test_the_sample_meets_the_published_figures_in_the_warehouse(sample_run: Path) -> None:
    marts = pl.read_parquet(sample_run / "warehouse" / "marts" / "mart_indicators")
    ages = regional(marts.filter(dimension_1="leeftijdsgroep"), "mh_slachtoffers")
    victims = regional(marts.filter(dimension_1="totaal"), "mh_slachtoffers")["totaal"]
    assert victims == PUBLISHED_FIGURES["slachtoffers"].value == 56
    assert ages["0-17"] == 2
    assert sum(ages[group] for group in ("18-22", "23-29", "30-39", "40-59", "60+")) == 54
    assert ages["onbekend"] is None  # CBS counts nobody of an unknown age, so that there is no rate
    assert regional(marts, "mh_slachtoffers_vorm") == {"crimineel": 12, "arbeid": 22, "seksueel": 31}


def test_the_files_of_a_mart_together_are_the_mart(sample_run: Path) -> None:
    settings = Settings(data_dir=sample_run)
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        for folder in settings.marts.iterdir():
            mart = pl.from_arrow(connection.execute(f"select * from {folder.name}").to_arrow_table())
            assert isinstance(mart, pl.DataFrame)
            assert pl.read_parquet(folder).sort(mart.columns).equals(mart.sort(mart.columns)), folder.name


def test_forms_are_nowhere_added_up(sample_run: Path) -> None:
    forms = published(sample_run).filter(indicator_id="mh_slachtoffers_vorm")
    assert set(forms["dimension_1"]) == {"uitbuitingsvorm"}
    assert 65 not in set(forms.filter(period="2023")["value"])


def test_the_release_withholds_the_two_minors_and_every_table_with_a_small_count(sample_run: Path) -> None:
    for audience, threshold in (("professional", 5), ("publiek", 10)):
        rows = published(sample_run, audience)
        persons = rows.filter(pl.col("indicator_id").is_in(["mh_slachtoffers", "mh_slachtoffers_vorm", "oc_registraties", "ja_verdachten_12_23"]))
        minors = persons.filter(indicator_id="mh_slachtoffers", dimension_1="leeftijdsgroep", area_level="regio", period="2023")
        assert set(minors["state"]) == {"geheim"}
        assert persons["numerator"].drop_nulls().min() >= threshold  # type: ignore[operator]
        withheld = rows.filter(state="geheim").select("value", "numerator", "denominator", "lower", "upper")
        assert withheld.null_count().row(0) == (withheld.height,) * 5
    assert regional(published(sample_run, "publiek").filter(dimension_1="totaal"), "mh_slachtoffers")["totaal"] == 56


def test_verifying_says_how_much_is_shown_and_a_program_of_its_own_finds_both_proofs_right(sample_run: Path, tmp_path: Path) -> None:
    answer = json.loads(ketenmonitor("releases", "verify", "--json", data_dir=sample_run).stdout)
    assert answer["problems"] == []
    shown = {(row["audience"], row["indicator_id"]): row["figures_shown"] for row in answer["shown"]}
    assert shown["professional", "mh_slachtoffers"] > shown["publiek", "mh_slachtoffers"] > 0
    assert all(shown["publiek", name] <= number for (audience, name), number in shown.items() if audience == "professional")
    program = Path(shutil.copy(PROJECT / "pipelines" / "disclosure" / "check_worlds.py", tmp_path))
    for audience in ("professional", "publiek"):
        checked = subprocess.run(
            [sys.executable, str(program), str(current(sample_run) / audience / "proof")], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stdout.startswith("proved: ")) == (0, True), checked.stdout


def test_the_release_holds_the_six_online_crimes_and_their_share(sample_run: Path) -> None:
    rows = regional(published(sample_run).filter(dimension_1="delictsoort"), "oc_registraties")
    named = ("aan- en verkoopfraude", "bankhelpdeskfraude", "hulpvraagfraude", "overige fraude en oplichting", "afpersing/smaad online", "cybercrime persoon")
    assert [rows[name] for name in named] == [4354, 764, 822, 1578, 243, 175]
    assert sum(rows.values()) == 7936
    assert round(100 * (4354 + 764 + 822) / 7936) == 75


def test_the_release_says_that_it_is_synthetic_and_where_each_delivery_came_from(sample_run: Path) -> None:
    manifest = json.loads((current(sample_run) / "release.json").read_text())
    assert manifest["synthetic"] is True
    assert "Synthetische voorbeeldgegevens" in manifest["synthetic_note"]
    origins = {(row["delivery"], row["slice"]): row["origin"] for row in manifest["deliveries"]}
    assert origins["politie_misdrijven", ""] == origins["cbs_bevolking", "totaal"] == "recorded"
    assert origins["cbs_bevolking", "jongeren"] == origins["comensha_slachtoffers", ""] == "synthetic"


def test_the_release_has_the_format_of_the_house(sample_run: Path, open_data: Path) -> None:
    checker = open_data.parent / "checks" / "release_format.py"
    if not checker.exists():
        pytest.skip("the format checker does not stand beside the recorded open data")
    outcome = subprocess.run([sys.executable, str(checker), str(sample_run / "releases")], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout
