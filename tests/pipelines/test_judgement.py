"""What the suites are given of the release in use."""

from __future__ import annotations

import logging
from pathlib import Path

import polars as pl
import pytest

from pipelines.judgement import released_values
from pipelines.resources import Settings

RELEASE = "2026-11-22T1130-3f2a"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "releases" / RELEASE
    (folder / "professional").mkdir(parents=True)
    (folder / "release.json").write_text(f'{{"id": "{RELEASE}"}}')
    (tmp_path / "releases" / "current").write_text(f"{RELEASE}\n")
    pl.DataFrame({"value": [1.0]}).write_parquet(folder / "professional" / "values.parquet")
    return Settings(data_dir=tmp_path)


def test_the_figures_of_professionals_in_use_are_handed_to_the_suites(settings: Settings) -> None:
    released = released_values(settings)
    assert released is not None
    assert released["value"].to_list() == [1.0]


@pytest.mark.parametrize("damage", ["current", f"{RELEASE}/release.json", f"{RELEASE}/professional/values.parquet"])
def test_a_damaged_release_in_use_is_logged_and_stops_no_judging(settings: Settings, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    (settings.releases / damage).write_text("x")
    with caplog.at_level(logging.WARNING):
        assert released_values(settings) is None
    assert "nothing is compared with a release in use" in caplog.text


def test_before_the_first_release_there_is_nothing_to_compare_and_nothing_to_say(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert released_values(Settings(data_dir=tmp_path)) is None
    assert caplog.text == ""
