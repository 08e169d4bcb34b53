"""The main job end to end: sample data and recorded open data become a release with the published figures in it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from pipelines.intake import register
from pipelines.resources import Settings
from pipelines.sample import PUBLISHED_FIGURES
from pipelines.sampling import fill_with_sample
from pipelines.warehouse import ensure_manifest
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
    assert victims - ages["0-17"] - ages["onbekend"] == 54
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


@pytest.mark.timeout(900)  # six runs and a last one, each of which builds all of the warehouse
def test_a_run_killed_at_any_point_leaves_the_old_release_whole_and_the_next_run_succeeds(sample_run: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(sample_run, data_dir, symlinks=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KETENMONITOR_")}
    markers = ("register.sqlite-wal", ".building/warehouse.duckdb", ".building/marts/mart_indicators/ja", ".warehouse-", "quality/docs", "releases/.building")
    for revision, marker in enumerate(markers, 1):
        _revise(data_dir, "politie_jeugd_verdachten_2026Q1", without=revision)
        seen, built, released = _state(data_dir, marker), _hashes(data_dir / "warehouse"), _hashes(current(data_dir))
        command = [sys.executable, "-m", "pipelines.cli", "--data-dir", str(data_dir), "run"]
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 120
        while process.poll() is None and _state(data_dir, marker) == seen and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, f"the run was over before {marker}"
        assert _hashes(current(data_dir)) == released  # the same bytes of the same release: nothing to verify again
        assert _hashes(data_dir / "warehouse") == built or markers.index(marker) >= markers.index(".warehouse-")
        assert pl.read_parquet(data_dir / "warehouse" / "marts" / "mart_indicators").height > 0
    assert "is published" in ketenmonitor("run", data_dir=data_dir).stdout
    assert not list((data_dir / "releases").glob(".building*"))
    ketenmonitor("releases", "verify", data_dir=data_dir)


def _revise(data_dir: Path, name: str, *, without: int) -> None:
    """A later file of the same name, without the last rows of the one that the sample made."""
    with register.open_register(data_dir / "register.sqlite") as lines:
        (line,) = lines.execute("select * from received where filename = ? order by id limit 1", (f"{name}.csv",)).fetchall()
    rows = (data_dir / "landing" / line["delivery"] / f"{line['sha256']}.csv").read_bytes().splitlines(keepends=True)
    (data_dir / "inbox" / f"{name}.csv").write_bytes(b"".join(rows[:-without]))


def _hashes(*places: Path) -> dict[str, str]:
    """The sha256 of each file in these folders."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for place in places for path in place.rglob("*") if path.is_file()}


def test_a_full_disk_leaves_warehouse_marts_and_release_as_they_were(sample_run: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(sample_run, data_dir, symlinks=True)
    _revise(data_dir, "politie_jeugd_verdachten_2026Q1", without=1)
    before = _hashes(data_dir / "warehouse", current(data_dir))
    # a limit on the size of a file stands in for the disk: the register fits in it and the database does not
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000)); from pipelines.cli import main; main()"
    command = [sys.executable, "-c", code, "--data-dir", str(data_dir), "run"]
    outcome = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=280)
    assert (outcome.returncode, "is the disk full?" in outcome.stderr) == (1, True)
    assert _hashes(data_dir / "warehouse", current(data_dir)) == before
    ketenmonitor("run", data_dir=data_dir)
    assert _hashes(data_dir / "warehouse", current(data_dir)) != before


def _state(data_dir: Path, marker: str) -> tuple[object, ...]:
    """Changes as soon as a run touches what the marker names."""
    folder = (data_dir / marker).parent
    found = list(folder.glob(Path(marker).name + "*")) if folder.exists() else []
    return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in found if path.exists()))


def test_dagster_runs_the_same_stages_to_a_release(tmp_path: Path, open_data: Path) -> None:
    settings = Settings(data_dir=tmp_path, open_data=open_data)
    fill_with_sample(settings, seed=7, scale=1.0, today=date(2026, 11, 22))
    ensure_manifest()
    from pipelines.definitions import defs

    with dg.DagsterInstance.ephemeral() as instance:
        result = defs.resolve_job_def("ketenmonitor").execute_in_process(instance=instance, resources={"settings": settings})
    assert result.success
    checks = {(event.asset_key.path[-1], event.check_name): event.passed for event in result.get_asset_check_evaluations()}
    assert checks["comensha_slachtoffers", "contract_holds"]
    assert checks["release", "release_is_in_use"]
    assert regional(published(tmp_path).filter(dimension_1="totaal"), "mh_slachtoffers")["totaal"] == 56


def test_a_second_run_at_the_same_time_is_refused_with_a_reason(tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(tmp_path / ".run.lock"):
        outcome = ketenmonitor("run", data_dir=tmp_path, check=False)
    assert outcome.returncode == 1
    assert "another run is going on" in outcome.stderr


def test_a_bad_file_does_not_stop_the_run_and_is_named(tmp_path: Path, open_data: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "politie_jeugd_verdachten_2026Q3.csv").write_bytes(b"")
    outcome = ketenmonitor("run", "--json", data_dir=tmp_path, KETENMONITOR_OPEN_DATA=str(open_data))
    assert outcome.returncode == 0
    report = json.loads(outcome.stdout)
    assert report["release"]
    assert any("politie_jeugd_verdachten_2026Q3.csv" in problem and "leeg" in problem for problem in report["problems"])
    rows = published(tmp_path)
    assert set(rows["indicator_id"]) == {"alg_misdrijven"}
