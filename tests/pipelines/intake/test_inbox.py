"""The inbox: a file is taken when it is complete, and nothing outside the folder is ever reached."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipelines.intake.connectors import inbox as inbox_module
from pipelines.intake.connectors.inbox import SETTLED, complete_files, delivery_of, is_candidate, visible


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(path: Path, *, age: float = 60, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


def taken(inbox: Path, *, wait: bool = False) -> list[str]:
    return [str(path.relative_to(inbox)) for path in complete_files(inbox, lambda _: True, wait=wait)]


def test_settled_files_are_taken_oldest_first(inbox: Path) -> None:
    put(inbox / "b.csv", age=100)
    put(inbox / "partner" / "a.csv", age=50)
    assert taken(inbox) == ["b.csv", "partner/a.csv"]


def test_a_file_written_just_now_waits_for_a_second_look(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "SETTLED", 0.3)
    put(inbox / "a.csv", age=0)
    assert taken(inbox) == []
    assert taken(inbox, wait=True) == ["a.csv"]


def test_a_file_that_still_grows_waits_its_turn(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "SETTLED", 0.3)
    path = put(inbox / "a.csv", age=0)
    writer = threading.Timer(0.1, lambda: path.write_bytes(b"xx"))
    writer.start()
    assert taken(inbox, wait=True) == []
    writer.join()
    assert taken(inbox, wait=True) == ["a.csv"]


def test_a_whole_inbox_of_new_files_is_waited_for_once(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(inbox_module, "time", SimpleNamespace(sleep=pauses.append, time=time.time))  # other threads sleep too
    for number in range(20):
        put(inbox / f"{number}.csv", age=0)
    complete_files(inbox, lambda _: True)
    assert len(pauses) == 1
    assert 0 < pauses[0] <= SETTLED


def test_a_marker_says_that_a_file_is_complete_right_away(inbox: Path) -> None:
    put(inbox / "a.csv", age=0)
    put(inbox / "a.csv.klaar", age=0)
    assert taken(inbox) == ["a.csv"]


def test_a_marker_of_an_earlier_upload_says_nothing(inbox: Path) -> None:
    put(inbox / "a.csv.klaar", age=60)
    put(inbox / "a.csv", age=0)
    assert taken(inbox) == []


def test_a_folder_may_ask_for_markers_and_then_no_file_goes_without(inbox: Path) -> None:
    put(inbox / "partner" / ".klaar-vereist")
    put(inbox / "partner" / "met.csv")
    put(inbox / "partner" / "met.csv.klaar", age=0)
    put(inbox / "partner" / "diep" / "zonder.csv")
    put(inbox / "elders.csv")
    assert sorted(taken(inbox)) == ["elders.csv", "partner/met.csv"]


@pytest.mark.parametrize("name", ["a.csv.part", "a.csv.PART", "a.filepart", "a.crdownload", ".a.csv", "~$a.xlsx", "a.csv~", "a.csv.klaar", ".map/a.csv"])
def test_partial_hidden_and_marker_files_are_not_taken(inbox: Path, name: str) -> None:
    put(inbox / name)
    assert taken(inbox) == []


def test_only_plain_files_inside_the_inbox_are_taken(inbox: Path) -> None:
    outside = put(inbox.parent / "elders" / "geheim.csv")
    (inbox / "link.csv").symlink_to(outside)
    (inbox / "map").symlink_to(outside.parent)
    os.mkfifo(inbox / "pijp.csv")
    (inbox / "map.csv").mkdir()
    assert taken(inbox) == []


def test_a_time_in_the_future_does_not_hold_a_file_back(inbox: Path) -> None:
    put(inbox / "a.csv", age=-86_400)
    assert taken(inbox) == ["a.csv"]


def test_an_inbox_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert taken(tmp_path / "nergens") == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("gewoon bestand é.csv", "gewoon bestand é.csv"),
        ("a\n\x1b[31m.csv", "a\\n\\x1b[31m.csv"),
        ("a\u202egpj.csv", "a\\u202egpj.csv"),
        ("a\udcff.csv", "a\\udcff.csv"),
    ],
)
def test_a_name_is_shown_with_its_control_signs_escaped(name: str, shown: str) -> None:
    assert visible(name) == shown
    assert visible(name).encode()


@pytest.mark.parametrize(
    ("path", "delivery"),
    [
        ("comensha_slachtoffers_2026Q3.csv", "comensha_slachtoffers"),
        ("Comensha-Slachtoffers 2026Q3.xlsx", "comensha_slachtoffers"),
        ("comensha_slachtoffers/levering.csv", "comensha_slachtoffers"),
        ("politie/politie_jeugd_verdachten.csv", "politie_jeugd_verdachten"),
        ("politie/iets_anders.csv", None),
    ],
)
def test_a_file_belongs_to_the_delivery_of_its_name_or_folder(path: str, delivery: str | None) -> None:
    contract = delivery_of(Path(path).parts)
    assert (contract.terms().delivery if contract else None) == delivery


def test_a_candidate_is_judged_by_its_name_alone() -> None:
    assert [is_candidate(name) for name in ("a.csv", "a", "a.csv.klaar", "a.tmp")] == [True, True, False, False]
