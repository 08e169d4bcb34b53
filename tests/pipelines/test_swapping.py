"""The warehouse is swapped in one step, and what a killed run left is cleared away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.resources import Settings
from pipelines.swapping import forget_warehouse, prepare_beside, swap


def build(settings: Settings, content: str, *, copy: bool = False) -> None:
    prepare_beside(settings, copy=copy)
    (settings.building / "warehouse.duckdb").write_text(content)
    swap(settings)


def test_the_new_warehouse_takes_the_place_of_the_old_one_which_goes(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    for content in ("first", "second"):
        build(settings, content)
        assert settings.warehouse.read_text() == content
    assert len(list(tmp_path.iterdir())) == 2  # the link and its folder
    assert not Path(settings.warehouse_folder.readlink()).is_absolute()


def test_a_partial_build_starts_from_what_is_in_use(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    build(settings, "first")
    (settings.warehouse_folder / "marts").mkdir()
    prepare_beside(settings, copy=True)
    assert sorted(path.name for path in settings.building.iterdir()) == ["marts", "warehouse.duckdb"]


@pytest.mark.parametrize("step", ["rename", "symlink_to", "replace"])
def test_a_swap_that_is_cut_off_at_any_step_leaves_the_old_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    settings = Settings(data_dir=tmp_path)
    build(settings, "first")
    with monkeypatch.context() as broken:
        broken.setattr(Path, step, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build(settings, "second")
    assert settings.warehouse.read_text() == "first"
    build(settings, "third")
    assert settings.warehouse.read_text() == "third"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_copied_data_folder_in_which_the_link_became_a_folder_works(tmp_path: Path) -> None:
    settings, copied = Settings(data_dir=tmp_path / "data"), Settings(data_dir=tmp_path / "copy")
    build(settings, "first")
    shutil.copytree(settings.data_dir, copied.data_dir)
    build(copied, "second", copy=True)
    assert (settings.warehouse.read_text(), copied.warehouse.read_text()) == ("first", "second")
    build(copied, "third")
    assert len(list(copied.data_dir.iterdir())) == 2


def test_to_forget_the_warehouse_leaves_nothing_of_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    build(settings, "first")
    prepare_beside(settings, copy=True)
    (tmp_path / "warehouse.duckdb").write_text("made by dbt alone")
    forget_warehouse(settings)
    assert list(tmp_path.iterdir()) == []
