"""Access that is taken away at once and can be given back, each with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.identity import withdrawals
from pipelines.cli import app

READER = "ce763e8d3bf9b1c7"


def call(data_dir: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--data-dir", str(data_dir), "readers", *arguments])
    return result.exit_code, result.output


def test_what_the_command_writes_is_what_the_dashboard_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENMONITOR_DATA_DIR", str(tmp_path))
    assert call(tmp_path, "withdraw", READER, "--reason", "left the team")[0] == 0
    assert withdrawals() == {READER}
    assert json.loads(call(tmp_path, "list", "--json")[1])[0]["reason"] == "left the team"
    assert call(tmp_path, "restore", READER, "--reason", "came back")[0] == 0
    assert withdrawals() == set()
    assert call(tmp_path, "list")[1].strip() == "nobody is withdrawn"
    assert len((tmp_path / "access" / "withdrawn.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["withdraw", "anna@delft.example", "--reason", "x"],
        ["withdraw", READER, "--reason", " "],
        ["restore", READER, "--reason", "x"],
        ["withdraw", READER[:-1] + "\n", "--reason", "x"],
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(arguments: list[str], tmp_path: Path) -> None:
    assert call(tmp_path, *arguments)[0] == 1
    assert not (tmp_path / "access").exists()
