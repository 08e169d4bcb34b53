"""What a run survives: a kill at any point, a full disk, another run at the same time, a bad file; and that Dagster runs the same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from pipelines.catalogue import load_catalogue
from pipelines.intake import register
from pipelines.resources import Settings
from pipelines.warehouse import ensure_manifest
from tests.conftest import PROJECT, ketenmonitor, ketenmonitor_here
from tests.pipelines.lineage.reading import ends_of
from tests.test_main_job import current, published, regional

pytestmark = pytest.mark.slow


def test_a_run_killed_at_any_point_leaves_the_old_release_whole_and_the_next_run_succeeds(small_run: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(small_run, data_dir, symlinks=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KETENMONITOR_")}
    markers = ("register.sqlite-wal", ".building/warehouse.duckdb", ".building/marts/mart_indicators/ja", ".warehouse-", "quality/docs", "releases/.building")
    revise(data_dir, "politie_jeugd_verdachten_2026Q1", without=1)
    for marker in markers:  # each run takes up what the one before left, so the later ones have less to do before they are killed
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
    assert "is published" in ketenmonitor_here("run", data_dir=data_dir).stdout
    assert not list((data_dir / "releases").glob(".building*"))
    ketenmonitor_here("releases", "verify", data_dir=data_dir)


def revise(data_dir: Path, name: str, *, without: int) -> None:
    """A later file of the same name, without the last rows of the one that the sample made; marked as whole, so that no run waits."""
    with register.open_register(data_dir / "register.sqlite") as lines:
        (line,) = lines.execute("select * from received where filename = ? order by id limit 1", (f"{name}.csv",)).fetchall()
    rows = (data_dir / "landing" / line["delivery"] / f"{line['sha256']}.csv").read_bytes().splitlines(keepends=True)
    (data_dir / "inbox" / f"{name}.csv").write_bytes(b"".join(rows[:-without]))
    (data_dir / "inbox" / f"{name}.csv.klaar").touch()


def _hashes(*places: Path) -> dict[str, str]:
    """The sha256 of each file in these folders."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for place in places for path in place.rglob("*") if path.is_file()}


def test_a_full_disk_leaves_warehouse_marts_and_release_as_they_were(small_run: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(small_run, data_dir, symlinks=True)
    revise(data_dir, "politie_jeugd_verdachten_2026Q1", without=1)
    before = _hashes(data_dir / "warehouse", current(data_dir))
    # a limit on the size of a file stands in for the disk: the register fits in it and the database does not
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000)); from pipelines.cli import main; main()"
    command = [sys.executable, "-c", code, "--data-dir", str(data_dir), "run"]
    outcome = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=280)
    assert (outcome.returncode, "is the disk full?" in outcome.stderr) == (1, True)
    assert _hashes(data_dir / "warehouse", current(data_dir)) == before
    ketenmonitor_here("run", data_dir=data_dir)
    assert _hashes(data_dir / "warehouse", current(data_dir)) != before


def _state(data_dir: Path, marker: str) -> tuple[object, ...]:
    """Changes as soon as a run touches what the marker names."""
    folder = (data_dir / marker).parent
    found = list(folder.glob(Path(marker).name + "*")) if folder.exists() else []
    return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in found if path.exists()))


def test_dagster_runs_the_same_stages_to_a_release(small_run: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(small_run, data_dir, symlinks=True)
    revise(data_dir, "politie_jeugd_verdachten_2026Q1", without=1)
    settings, before = Settings(data_dir=data_dir, openlineage=tmp_path / "openlineage.jsonl"), current(data_dir)
    ensure_manifest()
    from pipelines.definitions import defs

    with dg.DagsterInstance.ephemeral() as instance:
        result = defs.resolve_job_def("ketenmonitor").execute_in_process(instance=instance, resources={"settings": settings})
    assert result.success
    checks = {(event.asset_key.path[-1], event.check_name): event.passed for event in result.get_asset_check_evaluations()}
    assert checks["comensha_slachtoffers", "contract_holds"]
    assert checks["release", "release_is_in_use"]
    assert current(data_dir) != before
    assert regional(published(data_dir).filter(dimension_1="totaal"), "mh_slachtoffers")["totaal"] == 56
    assert ends_of(tmp_path / "openlineage.jsonl") == ends_of(small_run / "openlineage.jsonl")  # its lineage is told the same


def test_a_second_run_at_the_same_time_is_refused_with_a_reason(tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(tmp_path / ".run.lock"):
        outcome = ketenmonitor("run", data_dir=tmp_path, check=False)
    assert outcome.returncode == 1
    assert "another run is going on" in outcome.stderr


def test_a_bad_file_does_not_stop_the_run_and_is_named(small_run: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(small_run, data_dir, symlinks=True)
    (data_dir / "inbox" / "politie_jeugd_verdachten_2026Q3.csv").write_bytes(b"")
    outcome = ketenmonitor_here("run", "--json", data_dir=data_dir)
    report = json.loads(outcome.stdout)
    assert (outcome.exit_code, report["failure"]) == (0, None)
    assert report["release"]
    assert any("politie_jeugd_verdachten_2026Q3.csv" in problem and "leeg" in problem for problem in report["problems"])


def test_an_indicator_of_which_no_partner_delivered_is_in_no_release(small_run: Path) -> None:
    delivered = {folder.name for folder in (small_run / "accepted").iterdir() if len(list(folder.glob("*.parquet"))) > 1}  # a zero-row file is always there
    sources = {str(entry["indicator_id"]): set(entry["sources"]) for entry in load_catalogue()}
    found = set(published(small_run)["indicator_id"])
    assert {"alg_misdrijven", "mh_slachtoffers", "ja_drugs"} <= found
    assert {name for name in found if not sources[name] & delivered} == set()
