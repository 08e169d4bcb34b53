"""SFTP against a real OpenSSH server: which files are fetched, when, how often, and which are refused."""

from __future__ import annotations

import contextlib
import functools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.intake import pulling, register
from pipelines.intake.pulling import pull_sources
from pipelines.intake.receiving import receive_inbox
from pipelines.intake.sources import Source
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows
from tests.pipelines.intake.fetching import DELIVERY, FILE, Server, statuses
from tests.pipelines.intake.sftp_server import Wire


def change_filesystem(monkeypatch: pytest.MonkeyPatch, method: str, instead: Callable[..., Any]) -> None:
    """Puts `instead(original, *arguments)` before a method of the filesystem that a pull uses; the server stays real."""
    connect = pulling._connect

    @contextlib.contextmanager
    def changed(source: Source) -> Iterator[Any]:
        with connect(source) as filesystem:
            setattr(filesystem, method, functools.partial(instead, getattr(filesystem, method)))
            yield filesystem

    monkeypatch.setattr(pulling, "_connect", changed)


def test_a_file_is_fetched_whole_and_received_as_coming_from_its_source(server: Server) -> None:
    server.put()
    fetched, source = pull_sources(server.settings)
    assert (fetched.status, source.sentence) == ("received", "bron politie: 1 bestand(en) opgehaald.")
    (received,) = receive_inbox(server.settings, DELIVERY)
    assert received.status == "received"
    with register.open_register(server.settings.register) as lines:
        assert lines.execute("select origin_note from received").fetchone()[0] == "Opgehaald bij bron politie"
    assert (server.out / FILE).exists()


def test_a_version_is_fetched_once_and_a_replaced_file_again(server: Server) -> None:
    server.put(age=600)
    pull_sources(server.settings)
    assert statuses(pull_sources(server.settings)) == ["received"]  # of the source: 0 files
    server.put(content=jeugd_csv(*jeugd_rows(teams=("B1",))), age=300)
    assert statuses(pull_sources(server.settings)) == ["received", "received"]
    with register.open_register(server.settings.register) as lines:
        assert lines.execute("select count(distinct version), count(distinct sha256) from fetched").fetchone()[:] == (2, 2)


def test_a_pull_that_dies_before_its_line_is_repeated_whole(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.put()

    def die(*arguments: object, **line: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(register, "append", die)
        with pytest.raises(KeyboardInterrupt):
            pull_sources(server.settings)
    assert statuses(pull_sources(server.settings)) == ["received", "received"]
    assert [path.name for path in server.settings.inbox.rglob("*") if path.is_file()] == [FILE]


def test_a_file_written_just_now_waits_until_it_has_settled(server: Server) -> None:
    path = server.put(content=jeugd_csv()[:40], age=0)
    assert statuses(pull_sources(server.settings)) == ["waiting", "received"]
    path.write_bytes(jeugd_csv())
    os.utime(path, (time.time() - 60,) * 2)
    assert statuses(pull_sources(server.settings)) == ["received", "received"]
    assert [path.read_bytes() for path in server.settings.inbox.rglob("*.csv")] == [jeugd_csv()]


def test_a_file_that_grows_during_the_download_waits_and_leaves_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    path = server.put()

    def grow_and_open(call: Callable[..., Any], *arguments: Any) -> Any:
        path.write_bytes(path.read_bytes() + b"A2;2026Q3;12-17;drugs;ja;1\r\n")
        return call(*arguments)

    change_filesystem(monkeypatch, "open", grow_and_open)
    assert statuses(pull_sources(server.settings)) == ["waiting", "received"]
    assert [path for path in server.settings.inbox.rglob("*") if path.is_file()] == []


def test_with_marker_only_a_marked_file_is_fetched_and_both_move_away(server: Server) -> None:
    server.configure(marker=True, after="move")
    server.put("politie_jeugd_verdachten_2026Q2.csv", jeugd_csv(*jeugd_rows("2026Q2")))
    server.put(FILE, age=0)
    (server.out / f"{FILE}.klaar").touch()
    waiting, fetched, _ = sorted(pull_sources(server.settings), key=lambda notice: notice.status != "waiting")
    assert "wacht op politie_jeugd_verdachten_2026Q2.csv.klaar" in waiting.sentence
    assert fetched.status == "received"
    assert sorted(path.name for path in server.out.iterdir()) == ["politie_jeugd_verdachten_2026Q2.csv", "verwerkt"]
    (moved,) = (server.out / "verwerkt").iterdir()
    assert moved.read_bytes() == jeugd_csv()
    assert statuses(pull_sources(server.settings)) == ["waiting", "received"]


@pytest.mark.parametrize("name", ["comensha_slachtoffers_2026Q3.csv", "vakantiefoto.csv"])
def test_a_file_that_the_source_may_not_deliver_is_refused_unfetched(server: Server, name: str) -> None:
    server.put(name)
    refused, _ = pull_sources(server.settings)
    assert (refused.status, refused.rule) == ("refused", "verkeerde_bron")
    assert f"levert alleen {DELIVERY}" in refused.sentence
    assert not server.settings.inbox.exists()


def test_links_and_control_characters_on_the_server_are_not_followed(server: Server) -> None:
    outside = server.base / "elders"
    outside.mkdir()
    (outside / FILE).write_bytes(jeugd_csv())
    (server.out / FILE).symlink_to(outside / FILE)
    (server.out / "map").symlink_to(outside)
    server.put(f"{DELIVERY}\n\x1b[31m.csv")
    refused, source = pull_sources(server.settings)
    assert refused.rule == "bestandsnaam"
    assert refused.sentence.isprintable()
    assert "0 bestand(en)" in source.sentence


def test_a_connection_that_breaks_halfway_is_made_again_and_goes_on(server: Server, keys: Path) -> None:
    wire = Wire(server.port, cuts=1, after=200_000)
    server.trust(keys / "host.pub", wire.port)
    server.configure(port=wire.port)
    big = jeugd_csv() + b";" * 1_000_000
    server.put(content=big)
    assert statuses(pull_sources(server.settings)) == ["received", "received"]
    assert wire.connections == 2
    assert [path.read_bytes() == big for path in server.settings.inbox.rglob("*") if path.is_file()] == [True]


def test_what_may_not_be_read_is_named_and_the_rest_is_fetched(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.put()
    server.put(f"dicht/{FILE}")
    server.put(f"open/{DELIVERY}_2026Q2.csv")

    def deny(path: str, part: str, call: Callable[..., Any], **options: Any) -> Any:  # the superuser of a test machine may read all
        if part in path:
            raise PermissionError(path)
        return call(path, **options)

    change_filesystem(monkeypatch, "ls", lambda call, path, **options: deny(path, "/dicht", call, **options))
    change_filesystem(monkeypatch, "open", lambda call, path, mode: deny(path, "/open/", lambda path: call(path, mode)))
    said = {notice.file: notice.sentence for notice in pull_sources(server.settings)}
    assert "mag niet worden gelezen" in said[f"{server.out}/dicht"]
    assert "mag niet worden gelezen" in said[f"politie/open/{DELIVERY}_2026Q2.csv"]
    assert "opgehaald" in said[f"politie/{FILE}"]


def test_a_second_pull_at_the_same_time_is_told_to_wait(server: Server) -> None:
    from filelock import FileLock

    server.settings.data_dir.mkdir()
    with FileLock(server.settings.data_dir / ".pull.lock"), pytest.raises(pulling.AnotherPull):
        pull_sources(server.settings)
