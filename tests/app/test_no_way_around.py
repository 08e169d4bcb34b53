"""The pages and downloads of an audience read that audience's part of a release, and no other file with figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import access, release
from tests.app.release_fixture import RELEASE_ID
from tests.app.test_pages import PAGES

opened: list[str] | None = None


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Python tells this of every file that it opens; what polars and pyarrow open themselves is not among them."""
    if opened is not None and event in ("open", "os.listdir", "os.scandir"):
        opened.append(str(arguments[0]))


sys.addaudithook(watch)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files that are opened from here on; nothing read before is kept."""
    release._load.cache_clear()
    seen: list[str] = []
    monkeypatch.setattr(sys.modules[__name__], "opened", seen)
    yield seen
    monkeypatch.setattr(sys.modules[__name__], "opened", None)


def of_the_data_folder(files: list[str], data: Path) -> set[str]:
    return {Path(name).relative_to(data).as_posix() for name in files if Path(name).is_relative_to(data)}


OWN = ("values.parquet", "areas.parquet", "leveringen.parquet", "quality.json", *(f"{name}.parquet" for name in release.REGISTERS))


@pytest.mark.parametrize("audience", ["publiek", "professional"])
def test_no_page_opens_a_file_of_another_audience_or_from_before_protection(
    audience: str, own_copy: Path, files: list[str], open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "_settings", [access.Settings(demo=audience == "professional")])
    for name in ("warehouse", "accepted", "landing", "told"):
        (own_copy / name).mkdir()
        (own_copy / name / "counts.parquet").write_bytes(b"no page may read this")
    files.clear()
    for page in PAGES:
        assert not open_page(page).exception
    roles = {"publiek/certificate.json", "professional/certificate.json", "quality/quality.json", "quality/docs/index.html"}
    inside = {
        f"releases/{RELEASE_ID}/{name}" for name in {*(f"{audience}/{own}" for own in OWN), *(roles if audience == "professional" else ()), "release.json"}
    }
    inside |= {"quality/quality.json"} if audience == "professional" else set()
    found = of_the_data_folder(files, own_copy)
    assert found <= inside | {"releases", "releases/current"}, found
    assert f"releases/{RELEASE_ID}/{audience}/values.parquet" in found, "the watch sees what is read"


def test_a_data_folder_with_releases_alone_shows_every_page(own_copy: Path, open_page: Callable[..., AppTest]) -> None:
    assert [path.name for path in own_copy.iterdir()] == ["releases"]
    for page in PAGES:
        assert not open_page(page).exception


def test_only_the_doors_read_files_of_data() -> None:
    """What polars or pyarrow would open by a path of its own is not in the watch: no other module of the app has a way to read one. The second
    door, to findings, reads through the first what it compares with its hash."""
    for path in (Path(release.__file__).parent).rglob("*.py"):
        if path.name not in ("release.py", "review.py"):
            text = path.read_text(encoding="utf-8")
            assert not [
                word for word in ("read_parquet", "scan_parquet", "read_csv", "read_table", "releases_folder", "KETENMONITOR_DATA_DIR") if word in text
            ], path.name
