"""The command: its answers, its exit codes (0 done, 1 refused or failed with a reason, 2 wrong usage), and --json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from data_contracts import all_contracts
from pipelines.cli import app
from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_csv, jeugd_rows

NAME = "politie_jeugd_verdachten_2026Q3.csv"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def call(data_dir: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--data-dir", str(data_dir), *arguments])


def check(data_dir: Path, content: bytes, *arguments: str, delivery: str = "politie_jeugd_verdachten") -> Result:
    file = data_dir.parent / NAME
    file.write_bytes(content)
    return call(data_dir, "check", str(file), "--delivery", delivery, *arguments)


def test_a_good_file_is_answered_in_dutch_and_nothing_is_stored(data_dir: Path) -> None:
    result = check(data_dir, jeugd_csv())
    assert result.exit_code == 0
    assert "Geaccepteerd: 12 van de 12 rijen zijn geaccepteerd, over 2026Q3." in result.output
    assert not data_dir.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "leeg"),
        (jeugd_csv(*(row.rsplit(";", 1)[0] for row in jeugd_rows()), header=JEUGD_HEADER.removesuffix(";aantal")), "ontbreken: aantal"),
        (jeugd_csv("A1;2026Q3;12-17;111222333;ja;7"), "lijkt een BSN te bevatten"),
        (jeugd_csv(*jeugd_rows("2026Q2")), "de bestandsnaam zegt 2026Q3"),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence_and_exit_code_1(data_dir: Path, content: bytes, says: str) -> None:
    result = check(data_dir, content)
    assert result.exit_code == 1
    assert "Geweigerd: " in result.output
    assert says in result.output
    assert "111222333" not in result.output
    assert not data_dir.exists()


def test_machines_get_the_rule_as_json(data_dir: Path) -> None:
    answer = json.loads(check(data_dir, b"", "--json").output)
    assert (answer["accepted"], answer["rule"]) == (False, "leeg")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", __file__, "--delivery", "halt_verwijzingen_bestaat_niet"],
        ["check", "/bestaat/niet.csv", "--delivery", "politie_jeugd_verdachten"],
        ["app", "--audience", "professional"],
        ["sample", "--scale", "0"],
        ["onzin"],
    ],
)
def test_wrong_usage_ends_with_exit_code_2(data_dir: Path, arguments: list[str]) -> None:
    assert call(data_dir, *arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["verify"],
        ["diff", "2026-11-22T1130-3f2a"],
        ["diff"],
        ["diff", "--by", "area"],
        ["use", "../../etc"],
        ["withdraw", "2026-11-22T1130-3f2a", "--reason", "x"],
    ],
)
def test_a_release_that_is_not_there_ends_with_exit_code_1_and_a_reason(data_dir: Path, arguments: list[str]) -> None:
    result = call(data_dir, "releases", *arguments)
    assert result.exit_code == 1
    assert "release" in result.output or "published" in result.output


def test_without_releases_the_list_says_what_to_do(data_dir: Path) -> None:
    result = call(data_dir, "releases", "list")
    assert result.exit_code == 0
    assert "ketenmonitor run" in result.output


def test_before_anything_came_every_delivery_is_missing(data_dir: Path) -> None:
    overview = json.loads(call(data_dir, "deliveries", "--json").output)
    assert {row["status"] for row in overview} == {"ontbreekt"}
    assert len(overview) == len(all_contracts()) == 32


def test_sample_data_is_not_mixed_with_real_deliveries(data_dir: Path) -> None:
    from pipelines.intake.receiving import receive_inbox
    from pipelines.resources import Settings

    (data_dir / "inbox").mkdir(parents=True)
    (data_dir / "inbox" / NAME).write_bytes(jeugd_csv())
    receive_inbox(Settings(data_dir=data_dir), "politie_jeugd_verdachten")
    result = call(data_dir, "sample")
    assert result.exit_code == 1
    assert "1 real deliveries of partners" in result.output
    assert not list((data_dir / "inbox").iterdir())
