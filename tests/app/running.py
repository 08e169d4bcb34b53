"""The dashboard as people run it: a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.app.release_fixture import PROJECT


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for a server that was just started; says what it logged when it ends instead."""
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return  # it answers, with nothing to show
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert process.poll() is None, log.read_text()
            time.sleep(0.25)


@contextmanager
def running(data_dir: Path, folder: Path, *flags: str, **settings: str) -> Iterator[str]:
    """The dashboard as people run it, in a process and a working folder of its own; gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("KETENMONITOR_", "STREAMLIT_"))}
    environment |= {"KETENMONITOR_DATA_DIR": str(data_dir), "PYTHONPATH": str(PROJECT), **settings}
    environment |= {"KETENMONITOR_ADDRESS": address} if "KETENMONITOR_OIDC_URL" in settings else {}
    log = folder / "log"
    with log.open("wb") as sink:
        process = subprocess.Popen([sys.executable, "-m", "app.serve", "--port", str(port), *flags], cwd=folder, env=environment, stdout=sink, stderr=sink)
    try:
        until_it_answers(f"{address}/gezond", process, log)
        yield address
    finally:
        process.terminate()
        process.wait(10)
