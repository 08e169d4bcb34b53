"""SFTP against a real OpenSSH server: who is known by key or password, what is said when it fails, and that no secret is left anywhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.intake import pulling
from pipelines.intake.pulling import pull_sources
from tests.pipelines.intake.fetching import SECRET, Server, statuses
from tests.pipelines.intake.sftp_server import running_sshd


def test_a_server_that_is_not_known_gets_no_login(server: Server) -> None:
    (server.base / "known_hosts").write_text("")
    (failed,) = pull_sources(server.settings)
    assert failed.status == "failed"
    assert "is onbekend (ssh-ed25519, SHA256:" in failed.sentence


def test_a_changed_host_key_stops_the_source_with_its_fingerprint(server: Server, keys: Path) -> None:
    server.put()
    server.trust(keys / "other_host.pub")
    (failed,) = pull_sources(server.settings)
    assert "heeft een andere hostsleutel dan bekend is (ssh-ed25519, SHA256:" in failed.sentence
    assert not server.settings.inbox.exists()


def test_a_fingerprint_knows_the_server_as_well_as_known_hosts(server: Server, keys: Path) -> None:
    server.put()
    (server.base / "known_hosts").write_text("")
    (unknown,) = pull_sources(server.settings)
    shown = "SHA256:" + unknown.sentence.split("SHA256:")[1].split(")")[0]
    server.configure(known_hosts=None, host_key=shown)
    assert statuses(pull_sources(server.settings)) == ["received", "received"]
    server.configure(known_hosts=None, host_key="SHA256:" + "A" * 43)
    assert statuses(pull_sources(server.settings)) == ["failed"]


def test_a_locked_key_opens_with_its_passphrase_only(server: Server, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (server.base / "sshd" / "authorized_keys").write_bytes((keys / "locked.pub").read_bytes())
    monkeypatch.setenv("KETENMONITOR_KEY_POLITIE", str(keys / "locked"))
    monkeypatch.setenv("KETENMONITOR_SECRET_POLITIE", "fout")
    assert "wachtwoord ervan klopt niet" in pull_sources(server.settings)[0].sentence
    monkeypatch.setenv("KETENMONITOR_SECRET_POLITIE", SECRET)
    assert statuses(pull_sources(server.settings)) == ["received"]


@pytest.mark.parametrize("way", ["key", "password"])
def test_a_wrong_login_is_refused_once_and_its_secret_is_nowhere(
    server: Server, keys: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], way: str
) -> None:
    if way == "key":
        monkeypatch.setenv("KETENMONITOR_KEY_POLITIE", str(keys / "stranger"))
    else:
        monkeypatch.delenv("KETENMONITOR_KEY_POLITIE")
        monkeypatch.setenv("KETENMONITOR_SECRET_POLITIE", SECRET)
    secret = (keys / "stranger").read_text().splitlines()[2] if way == "key" else SECRET
    monkeypatch.setenv("KETENMONITOR_SOURCES", str(server.settings.sources))
    monkeypatch.setattr(pulling, "all_contracts", tuple)  # no open data: these tests ask no service
    caplog.set_level(logging.DEBUG)
    result = CliRunner().invoke(app, ["--data-dir", str(server.settings.data_dir), "pull"])
    assert result.exit_code == 1
    assert "weigert gebruiker, wachtwoord of sleutel" in result.output
    seen = [result.output, caplog.text, "".join(capfd.readouterr()), (server.base / "sources.toml").read_text()]
    seen += [path.read_bytes().decode("latin-1") for path in server.settings.data_dir.rglob("*") if path.is_file()]
    assert [text for text in seen if secret in text] == []


def test_a_source_that_is_away_does_not_stop_the_others(server: Server) -> None:
    server.put()
    here = server.settings.sources.read_text()  # type: ignore[union-attr]
    away = here.replace("[politie]", "[elders]").replace(f":{server.port}", ":9")
    server.settings.sources.write_text(away + here)  # type: ignore[union-attr]
    failed, fetched, source = pull_sources(server.settings)
    assert (failed.status, fetched.status, source.status) == ("failed", "received", "received")
    assert "bron elders: de verbinding kwam niet tot stand" in failed.sentence


def test_a_folder_that_is_not_there_is_named_as_such(server: Server) -> None:
    server.configure(folder=server.base / "bestaat-niet")
    (failed,) = pull_sources(server.settings)
    assert "de map van de bron bestaat niet" in failed.sentence


def test_a_server_that_shows_no_folder_ends_in_one_sentence(tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENMONITOR_KEY_POLITIE", str(keys / "client"))
    with running_sshd(tmp_path / "sshd", host_key=keys / "host", client_key=keys / "client", sftp="internal-sftp -P opendir") as port:
        server = Server(port, tmp_path, tmp_path)
        server.trust(keys / "host.pub")
        (failed,) = pull_sources(server.configure())
    assert "toegang is geweigerd (PermissionError)" in failed.sentence
