"""Starts what people look at: the dashboard, and Dagster's page. Both on a loopback address unless told otherwise."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from pipelines.resources import PROJECT, Settings, pass_to_children


def serve_dashboard(settings: Settings, *, host: str, port: int, demo: bool) -> None:
    """Replaces this process by the dashboard's server, which refuses a demo on an address that others can reach."""
    pass_to_children(KETENMONITOR_DATA_DIR=str(settings.data_dir))
    print(f"dashboard: http://{host}:{port}{' (demo)' if demo else ''}", flush=True)
    os.chdir(PROJECT)
    command = [sys.executable, "-m", "app.serve", "--host", host, "--port", str(port), *(["--demo"] if demo else [])]
    os.execv(sys.executable, command)  # noqa: S606


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
