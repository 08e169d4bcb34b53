"""The store: verification, the pointer, comparison and withdrawal."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from pipelines.release import (
    ReleaseDamaged,
    ReleaseWithdrawn,
    UnknownRelease,
    current_id,
    diff_releases,
    list_releases,
    publish,
    read_release,
    use_release,
    verify_release,
    withdraw_release,
    withdrawn_releases,
)
from tests.pipelines.release.inputs import CREATED, build, marts, small_values


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases, of which the second knows another number of crimes; tests work on copies."""
    releases = tmp_path_factory.mktemp("store") / "releases"
    build(releases)
    is_changed = (pl.col("indicator_id") == "alg_misdrijven") & (pl.col("area_code") == "GM0503") & (pl.col("period") == "2023")
    is_gone = (pl.col("indicator_id") == "alg_misdrijven") & (pl.col("area_code") == "GM0603") & (pl.col("period") == "2023")
    changed = small_values().filter(~is_gone).with_columns(value=pl.when(is_changed).then(pl.col("value") + 1).otherwise("value"))
    build(releases, marts=marts(changed), created_at=CREATED + dt.timedelta(days=1))
    return releases


@pytest.fixture
def releases(built: Path, tmp_path: Path) -> Path:
    """A copy of the two releases, the newer one published."""
    copy = tmp_path / "releases"
    shutil.copytree(built, copy)
    publish(copy, _ids(copy)[0])
    return copy


def _ids(releases: Path) -> list[str]:
    return [entry["id"] for entry in list_releases(releases)]


def _write(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_the_list_is_newest_first_and_says_which_one_is_current(releases: Path) -> None:
    listed = list_releases(releases)
    assert [entry["is_current"] for entry in listed] == [True, False]
    assert listed[0]["created_at"] > listed[1]["created_at"]
    assert current_id(releases) == listed[0]["id"] == read_release(releases)["id"]


def test_a_changed_added_removed_or_linked_file_is_found(releases: Path) -> None:
    folder = releases / _ids(releases)[0]
    values, register = folder / "publiek" / "values.parquet", folder / "publiek" / "leveringen.parquet"
    content = values.read_bytes()
    _write(values, content[:-1] + b"x")
    assert verify_release(folder) == ["publiek/values.parquet differs from its sha256"]
    _write(values, content)
    (folder / "extra.txt").write_text("x")
    register.unlink()
    (folder / "link").symlink_to(values)
    found = verify_release(folder)
    assert {"extra.txt is not listed in release.json", "publiek/leveringen.parquet is listed and absent", "link is a link"} <= set(found)


@pytest.mark.parametrize("name", ["../current", "/etc/hostname", "quality/../release.json"])
def test_a_listed_path_outside_the_release_is_found(releases: Path, name: str) -> None:
    folder = releases / _ids(releases)[0]
    manifest = json.loads((folder / "release.json").read_text())
    _write(folder / "release.json", json.dumps({**manifest, "files": {**manifest["files"], name: "0"}}).encode())
    assert f"{name!r} is no path inside the release" in verify_release(folder)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b'{"files": 3}', b"{}"])
def test_a_damaged_manifest_is_a_finding_and_not_an_exception(releases: Path, content: bytes) -> None:
    folder = releases / _ids(releases)[0]
    _write(folder / "release.json", content)
    assert verify_release(folder)


def test_figures_that_break_the_format_are_found_even_when_all_hashes_fit(releases: Path) -> None:
    import hashlib

    folder = releases / _ids(releases)[0]
    path = folder / "publiek" / "values.parquet"
    values = pl.read_parquet(path)
    secret = values["state"] == "geheim"
    shown = values.with_columns(value=pl.when(secret & (secret.cum_sum() == 1)).then(3.0).otherwise("value"))
    path.chmod(0o644)
    shown.write_parquet(path)
    manifest = json.loads((folder / "release.json").read_text())
    manifest["files"]["publiek/values.parquet"] = hashlib.sha256(path.read_bytes()).hexdigest()
    _write(folder / "release.json", json.dumps(manifest).encode())
    assert "publiek: 1 cells have no figure by their state and carry a number" in verify_release(folder)


def test_a_difference_names_changed_new_and_gone_cells(releases: Path) -> None:
    new, old = _ids(releases)
    found = diff_releases(releases, old, new)
    assert sorted(found.select("area_code", "period", "change").rows()) == [("GM0503", "2023", "gewijzigd"), ("GM0603", "2023", "verdwenen")]
    assert diff_releases(releases, new, old).filter(pl.col("change") == "nieuw")["old_state"].to_list() == [None]
    assert diff_releases(releases, new, new).is_empty()


def test_an_older_release_can_be_used_again_but_not_a_damaged_one(releases: Path) -> None:
    new, old = _ids(releases)
    use_release(releases, old)
    assert current_id(releases) == old
    _write(releases / new / "publiek" / "areas.parquet", b"")
    with pytest.raises(ReleaseDamaged, match="does not verify"):
        use_release(releases, new)
    assert current_id(releases) == old


def test_a_withdrawn_release_stays_on_disk_and_the_pointer_goes_to_the_newest_sound_one(releases: Path) -> None:
    new, old = _ids(releases)
    assert withdraw_release(releases, new, "teller onjuist") == old
    assert current_id(releases) == old
    assert (releases / new / "release.json").exists()
    assert withdrawn_releases(releases) == {new: "teller onjuist"}
    with pytest.raises(ReleaseWithdrawn, match="teller onjuist"):
        use_release(releases, new)
    assert withdraw_release(releases, old, "ook onjuist") is None
    assert current_id(releases) is None


def test_withdrawal_skips_a_damaged_release_and_survives_a_torn_log_line(releases: Path) -> None:
    new, old = _ids(releases)
    (releases / "withdrawn.jsonl").write_text('{"id": "2026')
    _write(releases / old / "publiek" / "areas.parquet", b"")
    assert withdraw_release(releases, new, "onjuist") is None
    assert withdrawn_releases(releases) == {new: "onjuist"}


@pytest.mark.parametrize("name", ["../x", "..", "/etc", "2026-11-22T1130-3f2a/../x", "", "current", "2026-11-22T1130-3F2A\n"])
def test_a_text_that_is_no_release_id_is_refused(releases: Path, name: str) -> None:
    for action in (publish, use_release):
        with pytest.raises(UnknownRelease):
            action(releases, name) if name else publish(releases, name)
    with pytest.raises(UnknownRelease):
        withdraw_release(releases, name, "reden")


def test_a_pointer_to_nothing_is_an_error_that_says_what_to_do(releases: Path) -> None:
    (releases / "current").write_text("../../elders\n")
    with pytest.raises(ReleaseDamaged, match="releases use"):
        current_id(releases)
