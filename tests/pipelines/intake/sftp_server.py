"""A real SFTP server for tests: OpenSSH on a port of 127.0.0.1, with keys of its own, and a wire to it that can be cut."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
USER = getpass.getuser()


def make_key(path: Path, passphrase: str = "") -> Path:
    """A new ed25519 key pair: `path` and `path`.pub."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", str(path)], check=True)
    return path


@contextlib.contextmanager
def running_sshd(folder: Path, *, host_key: Path, client_key: Path, sftp: str = "internal-sftp") -> Iterator[int]:
    """An sshd that lets `client_key` in as this user; gives its port. Skips the test where there is no OpenSSH server."""
    if not SSHD:
        pytest.skip("no sshd: the tests of SFTP need Debian's openssh-server")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd wants it when it runs as root
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "authorized_keys").write_bytes(client_key.with_name(client_key.name + ".pub").read_bytes())
    settings = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": host_key,
        "AuthorizedKeysFile": folder / "authorized_keys",
        "PidFile": "none",
        "UsePAM": "no",
        "StrictModes": "no",
        "PermitRootLogin": "yes",
        "PasswordAuthentication": "yes",
        "Subsystem": f"sftp {sftp}",
        "LogLevel": "ERROR",
    }
    (folder / "sshd_config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    with (folder / "log").open("wb") as log, subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "sshd_config")], stderr=log) as server:
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.05)
            else:
                raise RuntimeError((folder / "log").read_text())
            yield port
        finally:
            server.terminate()


class Wire:
    """Passes connections on to a port, and cuts the first `cuts` of them after `after` bytes from the server."""

    def __init__(self, port: int, *, cuts: int, after: int) -> None:
        self.target, self.cuts, self.after = port, cuts, after
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
                self.connections += 1
                left = self.after if self.connections <= self.cuts else None
                threading.Thread(target=self._pass, args=(client, server, None), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, left), daemon=True).start()

    def _pass(self, origin: socket.socket, target: socket.socket, left: int | None) -> None:
        with contextlib.suppress(OSError):
            while content := origin.recv(65536):
                target.sendall(content)
                if left is not None and (left := left - len(content)) < 0:
                    break
        for end in (origin, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
