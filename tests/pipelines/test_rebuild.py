"""A run builds only what follows from changed deliveries, and everything when in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import rebuild
from pipelines.rebuild import plan_build, remember
from pipelines.resources import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path)
    for delivery in ("cbs_bevolking", "comensha_slachtoffers"):
        (settings.accepted / delivery).mkdir(parents=True)
        (settings.accepted / delivery / "_schema.parquet").write_bytes(b"")
    return settings


def build(settings: Settings) -> None:
    settings.warehouse.write_bytes(b"database")
    remember(settings)


def test_the_first_build_builds_everything(settings: Settings) -> None:
    assert plan_build(settings) == []


def test_nothing_changed_builds_the_marts_only(settings: Settings) -> None:
    build(settings)
    assert plan_build(settings) == ["--select", "path:models/marts"]


def test_a_changed_delivery_builds_what_follows_from_it(settings: Settings) -> None:
    build(settings)
    (settings.accepted / "comensha_slachtoffers" / "new.parquet").write_bytes(b"")
    assert plan_build(settings) == ["--select", "source:accepted.comensha_slachtoffers+", "path:models/marts"]


def test_a_build_that_did_not_end_makes_the_next_build_everything_from_an_empty_file(settings: Settings) -> None:
    build(settings)
    plan_build(settings)
    assert plan_build(settings) == []
    assert not settings.warehouse.exists()


def test_a_lost_database_builds_everything(settings: Settings) -> None:
    build(settings)
    settings.warehouse.unlink()
    assert plan_build(settings) == []


def test_another_dbt_project_builds_everything(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(settings)
    monkeypatch.setattr(rebuild, "project_files", list)
    assert plan_build(settings) == []


def test_a_delivery_that_is_new_to_the_project_builds_everything(settings: Settings) -> None:
    build(settings)
    (settings.accepted / "halt_verwijzingen").mkdir()
    assert plan_build(settings) == []
