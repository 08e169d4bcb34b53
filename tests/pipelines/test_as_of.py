"""`ketenmonitor run --as-of`: the figures as they were known earlier, to the digit, and nothing of today is touched."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from pipelines.as_of import AsOfRefused, keep_corrections, lay_out, read_moment
from pipelines.intake import register
from pipelines.intake.receiving import receive_inbox
from pipelines.resources import Settings
from tests.conftest import ketenmonitor_here
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

JEUGD, COMENSHA = "politie_jeugd_verdachten", "comensha_slachtoffers"
CORRECTIONS = "delivery,period,where,column,action,found,value,reason,reported_to,reported_at,status\n"


def digest_of(*paths: Path) -> str:
    """One sha256 of every file in these places, by name and content."""
    files = sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())
    return hashlib.sha256("".join(f"{file}{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files).encode()).hexdigest()


def manifest(data_dir: Path) -> tuple[Path, dict[str, object]]:
    folder = data_dir / "releases" / (data_dir / "releases" / "current").read_text().strip()
    return folder, json.loads((folder / "release.json").read_text())


def revise(data_dir: Path, delivery: str, period: str, *, keep: slice) -> None:
    """A later file about the period, with some of the rows of the one that came before."""
    with register.open_register(data_dir / "register.sqlite") as lines:
        (line,) = lines.execute("select * from received where filename = ?", (f"{delivery}_{period}.csv",)).fetchall()
    header, *rows = (data_dir / "landing" / delivery / f"{line['sha256']}.csv").read_bytes().splitlines(keepends=True)
    (data_dir / "inbox" / f"{delivery}_{period}_herzien.csv").write_bytes(b"".join([header, *rows[keep]]))
    (data_dir / "inbox" / f"{delivery}_{period}_herzien.csv.klaar").touch()


@pytest.mark.slow
def test_an_old_release_is_made_again_to_the_digit(small_run: Path, tmp_path: Path, open_data: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(small_run, data, symlinks=True)
    (old, first) = manifest(data)
    revise(data, JEUGD, "2025", keep=slice(0, None, 2))
    revise(data, COMENSHA, "2026Q1", keep=slice(1, None))
    (data / "corrections.csv").write_text(f"{CORRECTIONS}{JEUGD},2023Q1,basisteam_woonplaats=A1,,verwijder rij,,,dubbel geteld,,,open\n")
    ketenmonitor_here("run", data_dir=data, KETENMONITOR_OPEN_DATA=str(open_data))
    (new, second) = manifest(data)
    of_old, of_new = (pl.read_parquet(folder / "professional" / "values.parquet") for folder in (old, new))
    changed = of_old.join(of_new, on=of_old.columns, how="anti", nulls_equal=True).select("indicator_id", "period").unique().rows()
    assert {("mh_slachtoffers", "2026Q1"), ("ja_verdachten_12_23", "2025"), ("ja_verdachten_12_23", "2023Q1")} <= set(changed)  # the last by the correction
    live = digest_of(data / "warehouse", data / "releases", data / "register.sqlite", data / "accepted", data / "calendar")
    answer = json.loads(ketenmonitor_here("run", "--as-of", str(first["created_at"]), "--json", data_dir=data).stdout)
    (again, third) = manifest(Path(answer["folder"]))
    for audience in ("professional", "publiek"):
        before, after = (pl.read_parquet(folder / audience / "values.parquet") for folder in (old, again))
        assert before.equals(after)
        assert (old / audience / "leveringen.parquet").read_bytes() == (again / audience / "leveringen.parquet").read_bytes()
    assert (first["as_of"], second["as_of"], third["as_of"]) == (None, None, str(first["created_at"])[:19])
    assert third["deliveries"] == first["deliveries"] != second["deliveries"]
    assert live == digest_of(data / "warehouse", data / "releases", data / "register.sqlite", data / "accepted", data / "calendar")
    ketenmonitor_here("releases", "verify", data_dir=Path(answer["folder"]))
    refused = ketenmonitor_here("run", data_dir=Path(answer["folder"]), check=False)
    assert (refused.exit_code, "holds what was known at" in refused.stderr) == (1, True)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-30", dt.datetime(2026, 6, 30, 23, 59, 59, 999_999)),  # noqa: DTZ001 - UTC without a zone, as the register keeps it
        ("2026-06-30T12:00", dt.datetime(2026, 6, 30, 12, 0, 0, 999_999)),  # noqa: DTZ001
        ("2026-06-30T12:00:05+02:00", dt.datetime(2026, 6, 30, 10, 0, 5, 999_999)),  # noqa: DTZ001
    ],
)
def test_a_date_means_its_end_and_a_moment_its_whole_second(text: str, moment: dt.datetime) -> None:
    assert read_moment(text) == moment


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder in which one file was received, not judged yet."""
    settings = Settings(data_dir=tmp_path)
    settings.inbox.mkdir()
    (settings.inbox / f"{JEUGD}_2026Q3.csv").write_bytes(jeugd_csv(*jeugd_rows()))
    receive_inbox(settings, JEUGD)
    return settings


def test_a_moment_to_come_and_one_before_anything_came_are_refused(settings: Settings) -> None:
    with pytest.raises(AsOfRefused, match="still to come"):
        lay_out(settings, register.now() + dt.timedelta(days=1))
    with pytest.raises(AsOfRefused, match="nothing had been received"):
        lay_out(settings, read_moment("2001-01-01"))
    assert not settings.as_of_folders.exists()


def test_a_moment_of_which_a_file_was_deleted_since_is_refused(settings: Settings) -> None:
    moment = register.now()
    with register.open_register(settings.register) as lines:
        day = {"about_until": "2020-12-31", "kept_until": "2025-12-31", "reason": "bewaartermijn van 60 maanden"}
        register.append(lines, "deleted", received_id=1, **day, deleted_at=str(register.now()))
    with pytest.raises(AsOfRefused, match="bewaartermijn"):
        lay_out(settings, moment)
    assert lay_out(settings, register.now()).data_dir.exists()  # since the deletion nobody knows it


def test_the_corrections_of_then_are_used_and_not_those_of_now(settings: Settings) -> None:
    moments = []
    for text in ("", "first", "first", "second"):
        if text:
            settings.corrections.write_text(text)
        keep_corrections(settings)
        moments.append(register.now())
    assert len(list(settings.kept_corrections.iterdir())) == 2
    for moment, held in zip(moments, ("", "first", "first", "second"), strict=True):
        corrections = lay_out(settings, moment).corrections
        assert (corrections.read_text() if corrections.exists() else "") == held


def test_a_folder_of_an_earlier_moment_knows_its_moment(settings: Settings) -> None:
    folder = lay_out(settings, moment := register.now())
    assert Settings.from_environment(folder.data_dir).as_of == moment
    assert folder.today == moment.date()
