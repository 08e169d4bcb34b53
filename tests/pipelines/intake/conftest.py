"""What tests of intake share: a data folder with an inbox, and an SFTP server with keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.intake import pulling
from pipelines.resources import Settings
from tests.pipelines.intake.fetching import SECRET, Server
from tests.pipelines.intake.sftp_server import make_key, running_sshd


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder of its own, with an empty inbox."""
    settings = Settings(data_dir=tmp_path)
    settings.inbox.mkdir()
    return settings


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys of two servers, of one who is let in, of a stranger, and one that is locked with SECRET."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("host", "other_host", "client", "stranger"):
        make_key(folder / name)
    make_key(folder / "locked", SECRET)
    return folder


@pytest.fixture
def server(tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A running server that is known and lets `client` in, and one source that names it."""
    monkeypatch.setattr(pulling, "PAUSES", (0.05, 0.05))
    monkeypatch.setenv("KETENMONITOR_KEY_POLITIE", str(keys / "client"))
    with running_sshd(tmp_path / "sshd", host_key=keys / "host", client_key=keys / "client") as port:
        server = Server(port, tmp_path / "uit", tmp_path)
        server.out.mkdir()
        server.trust(keys / "host.pub")
        server.configure()
        yield server
