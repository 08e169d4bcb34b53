"""Receiving: a file leaves the inbox only when its copy and its line are safe, and a refused one stays where it is."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import pytest

from pipelines.intake import receiving, register
from pipelines.intake.inspecting import Inspection
from pipelines.intake.landing import StillWritten, digest, land_file
from pipelines.intake.receiving import receive_inbox
from pipelines.resources import Settings
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

DELIVERY = "politie_jeugd_verdachten"
NAME = f"{DELIVERY}_2026Q3.csv"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path)
    settings.inbox.mkdir()
    return settings


def put(settings: Settings, name: str = NAME, content: bytes = b"") -> Path:
    path = settings.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content or jeugd_csv())
    os.utime(path, (time.time() - 60,) * 2)
    return path


def received(settings: Settings) -> list[sqlite3.Row]:
    with register.open_register(settings.register) as lines:
        return lines.execute("select * from received order by id").fetchall()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_received_file_leaves_with_its_marker_and_its_copy_cannot_be_changed(settings: Settings) -> None:
    put(settings)
    (settings.inbox / f"{NAME}.klaar").touch()
    (notice,) = receive_inbox(settings, DELIVERY)
    assert (notice.status, notice.sentence) == ("received", f"{NAME}: ontvangen (12 rijen).")
    assert files(settings.inbox) == []
    (landed,) = (settings.landing / DELIVERY).iterdir()
    assert landed.read_bytes() == jeugd_csv()
    assert landed.stat().st_mode & 0o222 == 0
    (line,) = received(settings)
    assert (line["filename"], line["size"], line["suffix"], line["origin"]) == (NAME, len(jeugd_csv()), ".csv", "inbox")


def test_the_same_bytes_twice_at_once_are_received_once(settings: Settings) -> None:
    put(settings)
    put(settings, f"nogmaals/{NAME}")
    assert sorted(notice.status for notice in receive_inbox(settings, DELIVERY)) == ["known", "received"]
    assert len(received(settings)) == 1
    assert files(settings.inbox) == []


def test_a_death_after_the_copy_is_repaired_by_the_next_run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put(settings)

    def die(*arguments: object, **line: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(register, "append", die)
        with pytest.raises(KeyboardInterrupt):
            receive_inbox(settings, DELIVERY)
    assert (files(settings.inbox), received(settings)) == ([NAME], [])
    assert receive_inbox(settings, DELIVERY)[0].status == "received"
    assert (files(settings.inbox), len(received(settings))) == ([], 1)


def test_a_death_after_the_line_leaves_a_known_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(settings)

    def die(self: Path, missing_ok: bool = False) -> None:
        if self == path:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", die)
        with pytest.raises(KeyboardInterrupt):
            receive_inbox(settings, DELIVERY)
    assert len(received(settings)) == 1
    assert receive_inbox(settings, DELIVERY)[0].status == "known"
    assert files(settings.inbox) == []


def test_a_refused_file_stays_unstored_and_gets_an_answer(settings: Settings) -> None:
    put(settings, "raar.csv")
    path = put(settings, content=b" ")
    (notice,) = receive_inbox(settings, DELIVERY)
    (unknown,) = receive_inbox(settings, None)
    assert (notice.rule, unknown.rule) == ("leeg", "onbekende_levering")
    assert "Laat de naam beginnen met een van: " in unknown.sentence
    assert path.exists()
    assert not settings.landing.exists()
    with register.open_register(settings.register) as lines:
        assert lines.execute("select count(*) from refused_at_door").fetchone()[0] == 2
    assert len([name for name in files(settings.feedback) if name.endswith(".html")]) == 2


def test_the_right_file_under_the_wrong_name_is_told_its_own(settings: Settings) -> None:
    put(settings, content=b"basisteam;maand;delictsoort;soort;leeftijdsgroep_slachtoffer;aantal;schadebedrag\nA1;2026-09;hulpvraagfraude;melding;18-23;3;120\n")
    (notice,) = receive_inbox(settings, DELIVERY)
    assert (notice.status, notice.rule) == ("refused", "andere_levering")
    assert "politie_online_registraties" in notice.sentence
    assert not settings.landing.exists()


def test_a_name_with_control_signs_is_escaped_wherever_it_is_written(settings: Settings) -> None:
    put(settings, f"{DELIVERY}\n\x1b[31m_2026Q3.csv")
    (notice,) = receive_inbox(settings, DELIVERY)
    assert notice.status == "received"
    assert notice.sentence.isprintable()
    assert received(settings)[0]["filename"] == f"{DELIVERY}\\n\\x1b[31m_2026Q3.csv"


def test_a_file_that_is_too_large_is_refused_unread(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", len(jeugd_csv()))
    put(settings)
    put(settings, f"groter/{NAME}", jeugd_csv(*jeugd_rows(), "B1;2026Q3;12-17;drugs;ja;1"))
    assert sorted((notice.status, notice.rule or "") for notice in receive_inbox(settings, DELIVERY)) == [("received", ""), ("refused", "te_groot")]


def test_a_file_that_changes_during_the_inspection_waits(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(settings)

    def inspect(function: object, *arguments: object) -> Inspection:
        path.write_bytes(jeugd_csv() + b"111222333")
        return Inspection(rows=12)

    monkeypatch.setattr(receiving, "run_in_child", inspect)
    (notice,) = receive_inbox(settings, DELIVERY)
    assert notice.status == "waiting"
    assert (files(settings.landing), received(settings)) == ([], [])


def test_one_file_that_stumbles_does_not_stop_the_others(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put(settings)
    put(settings, f"{DELIVERY}_2026Q2.csv", jeugd_csv(*jeugd_rows("2026Q2")))
    run = receiving.run_in_child

    def stumble(function: object, path: Path, name: str, delivery: str) -> Inspection:
        if "Q2" in name:
            raise ZeroDivisionError("111222333")
        return run(function, path, name, delivery)  # type: ignore[arg-type]

    monkeypatch.setattr(receiving, "run_in_child", stumble)
    fell, stood = sorted(receive_inbox(settings, DELIVERY), key=lambda notice: notice.file)
    assert (fell.status, fell.rule, stood.status) == ("refused", "niet_beoordeeld", "received")
    assert "111222333" not in fell.sentence


def test_a_copy_of_other_bytes_than_were_inspected_never_lands(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(b"anders")
    with pytest.raises(StillWritten):
        land_file(tmp_path / "landing", DELIVERY, ".csv", source, digest(b"gezien"))
    assert files(tmp_path / "landing") == []
    (tmp_path / "link.csv").symlink_to(source)
    with pytest.raises(OSError, match="symbolic links"):
        land_file(tmp_path / "landing", DELIVERY, ".csv", tmp_path / "link.csv", digest(b"anders"))
