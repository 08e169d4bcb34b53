"""Starts what people look at: the dashboard, and Dagster's page. Both on a loopback address unless told otherwise."""

from __future__ import annotations

import ipaddress
import os
import shutil
import subprocess
import sys

from pipelines.resources import PROJECT, Settings, pass_to_children

AUDIENCES = ("publiek", "professional")


class UnsafeAudience(Exception):
    """The tables for professionals may not be shown there."""


def serve_dashboard(settings: Settings, *, host: str, port: int, audience: str) -> None:
    """Replaces this process by the dashboard's server. Raises UnsafeAudience for professional figures on an open address."""
    if audience not in AUDIENCES:
        raise UnsafeAudience(f"{audience!r} is no audience; choose {' or '.join(AUDIENCES)}")
    if audience == "professional" and not _is_loopback(host):
        raise UnsafeAudience(f"professional figures need a login, which does not exist yet: {host} is not a loopback address")
    pass_to_children(KETENMONITOR_DATA_DIR=str(settings.data_dir), KETENMONITOR_AUDIENCE=audience)
    print(f"dashboard: http://{host}:{port} ({audience})", flush=True)
    os.chdir(PROJECT)
    os.execv(sys.executable, [sys.executable, "-m", "app.serve", "--host", host, "--port", str(port)])  # noqa: S606


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def prepare_dagster_home(settings: Settings) -> None:
    """Makes Dagster's folder, with telemetry off, and tells children where it and the data are."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / ".dagster" / "dagster.yaml", settings.dagster_home / "dagster.yaml")
    pass_to_children(DAGSTER_HOME=str(settings.dagster_home), KETENMONITOR_DATA_DIR=str(settings.data_dir), DAGSTER_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")


def serve_dagster(settings: Settings, *, port: int) -> int:
    """Runs `dagster dev` on 127.0.0.1 until it is stopped; gives its exit code."""
    prepare_dagster_home(settings)
    command = [sys.executable, "-m", "dagster", "dev", "--workspace", str(PROJECT / "workspace.yaml"), "--host", "127.0.0.1", "--port", str(port)]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode  # noqa: S603
