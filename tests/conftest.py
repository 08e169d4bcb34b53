"""What all tests share: where recorded open data lies, and one data folder with a whole run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.modelling import reading_project
from pipelines.resources import Settings

PROJECT = Path(__file__).resolve().parent.parent

# Speed is never seconds in a test: an example of 59 ms took 318 beside other jobs, and the 200 of Hypothesis failed its test.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests go first, so that the workers end together: xdist hands out whole files, and by itself the one with
    the fewest tests last, which left one worker alone with the runs of four minutes. Of those that share the run of the sample one
    goes first and the others last: a worker stood still for 150 s until it was made."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    shared = list(dict.fromkeys(item.path for item in items if "sample_run" in getattr(item, "fixturenames", ())))
    items.sort(key=lambda item: (item.path not in slow, item.path in shared[1:], item.path not in shared[:1]))


@pytest.fixture(scope="session")
def open_data() -> Path:
    """Folder of recorded open data, from KETENMONITOR_OPEN_DATA; skips where there is none."""
    named = os.environ.get("KETENMONITOR_OPEN_DATA")
    if not named or not Path(named).is_dir():
        pytest.skip("KETENMONITOR_OPEN_DATA names no folder of recorded open data")
    return Path(named).resolve()


def ketenmonitor(*arguments: str, data_dir: Path, check: bool = True, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own, as a user would."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KETENMONITOR_")}
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "--data-dir", str(data_dir), *arguments],
        cwd=PROJECT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=check,
        timeout=900,  # against hanging: a whole run took 150 s beside another job
    )


def ketenmonitor_here(*arguments: str, data_dir: Path, check: bool = True, **variables: str) -> Result:
    """Runs the command in this process, with the output and exit code that a user would see: to import dbt and the rest anew
    made 22 s of the processor of a run that takes 11 here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(Path.cwd())  # dbt changes it; back at the end
        for name in [name for name in os.environ if name.startswith("KETENMONITOR_")]:
            patch.delenv(name)
        for name, value in variables.items():
            patch.setenv(name, value)
        answer = CliRunner().invoke(app, ["--data-dir", str(data_dir), *arguments], catch_exceptions=False)
    assert answer.exit_code == 0 or not check, answer.output
    return answer


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory, open_data: Path) -> Path:
    """A data folder with sample data and recorded open data, run from nothing to a release. Read it, never change it."""
    return _run_once(tmp_path_factory, open_data, ketenmonitor, "sample_run", "*")


@pytest.fixture(scope="session")
def small_run(tmp_path_factory: pytest.TempPathFactory, open_data: Path) -> Path:
    """The same with five files of two partners only, for tests that run it again: a quarter of the indicators to protect and publish,
    which took 37 s of the processor for all years of these partners and takes 7 for these."""
    periods = {"politie_jeugd_verdachten": ("2023", "2025", "2026Q1"), "comensha_slachtoffers": ("2023", "2026Q1")}
    wanted = [f"{delivery}_{period}.*" for delivery, some in periods.items() for period in some]
    return _run_once(tmp_path_factory, open_data, ketenmonitor_here, "small_run", *wanted)


def _run_once(tmp_path_factory: pytest.TempPathFactory, open_data: Path, run: Callable[..., object], name: str, *wanted: str) -> Path:
    data_dir = shared_folder(tmp_path_factory) / name
    with FileLock(f"{data_dir}.lock"):
        if not (data_dir / "releases" / "current").exists():
            shutil.copytree(_sampled_once(tmp_path_factory, open_data), data_dir, dirs_exist_ok=True)
            kept = {path for pattern in wanted for path in (data_dir / "inbox").glob(pattern)}
            for path in set((data_dir / "inbox").iterdir()) - kept:
                path.unlink()
            settings = Settings(data_dir=data_dir)
            settings.dbt_target.mkdir()
            shutil.copyfile(project_as_read(tmp_path_factory), settings.project_as_read)
            run("run", data_dir=data_dir, KETENMONITOR_OPENLINEAGE=str(data_dir / "openlineage.jsonl"))
    return data_dir


def _sampled_once(tmp_path_factory: pytest.TempPathFactory, open_data: Path) -> Path:
    data_dir = shared_folder(tmp_path_factory) / "sampled"
    with FileLock(f"{data_dir}.lock"):
        if not data_dir.exists():
            ketenmonitor("sample", data_dir=data_dir, KETENMONITOR_OPEN_DATA=str(open_data))
    return data_dir


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of one test run share; who makes something in it holds a lock."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def project_as_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What dbt keeps of reading the project: once for all data folders, since it takes 10 s."""
    settings, here = Settings(data_dir=shared_folder(tmp_path_factory) / "project_as_read"), Path.cwd()
    with FileLock(f"{settings.data_dir}.lock"):
        if not settings.project_as_read.exists():
            with reading_project(settings) as project:
                project.result()
            os.chdir(here)  # dbt changes it
    return settings.project_as_read
