"""The deliberately faulty files: each is met by the rule that it is made for, and nothing in them is about a real person."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.intake.inspecting import inspect_file
from pipelines.intake.refusal import DeliveryRefused
from pipelines.sample import write_broken
from pipelines.sample.broken import ACCEPTED, FAULTS, Fault

TODAY = dt.date(2026, 11, 22)
KINDS = {
    *("half", "leeg", "onleesbaar", "onbekende_levering", "andere_levering", "periode", "totaal", "persoonsgegevens"),
    *("kolom_onbekend", "kolom_ontbreekt", "te_veel_fouten", ACCEPTED),
}
EVERY = pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.rule != "onbekende_levering"], ids=lambda fault: fault.name)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    write_broken(folder, seed=2023, today=TODAY)
    return folder


def test_every_rule_of_a_refusal_has_a_faulty_file(inbox: Path) -> None:
    assert {fault.rule for fault in FAULTS} == KINDS
    assert len(list(inbox.iterdir())) == len(FAULTS) >= 20


@EVERY
def test_intake_says_of_a_faulty_file_what_it_was_made_for(inbox: Path, fault: Fault) -> None:
    (path,) = inbox.glob(f"*_fout_{fault.name}.*")
    assert verdict_on(path, fault.delivery) == fault.rule


def verdict_on(path: Path, delivery: str) -> str:
    """The rule by which the door or the contract refuses a file, or that it is accepted."""
    try:
        inspect_file(path, path.name, delivery)
    except DeliveryRefused as refusal:
        return refusal.rule
    answer = json.loads(CliRunner().invoke(app, ["check", str(path), "--delivery", delivery, "--json"]).output)
    return ACCEPTED if answer["accepted"] else str(answer["rule"])


def test_the_file_of_no_delivery_begins_with_no_delivery(inbox: Path) -> None:
    (fault,) = (fault for fault in FAULTS if fault.rule == "onbekende_levering")
    assert (inbox / f"{fault.name}.csv").exists()


def test_addresses_in_faulty_files_lie_under_a_reserved_domain(inbox: Path) -> None:
    addresses = {address for path in inbox.glob("*.csv") for address in re.findall(rb"[\w.]+@([\w.]+)", path.read_bytes())}
    assert addresses == {b"example.nl"}


@pytest.mark.slow
def test_the_command_adds_the_faulty_files_to_the_good_ones(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["--data-dir", str(tmp_path), "sample", "--broken", "--json"])
    names = json.loads(said.output)["files"]
    assert sum("_fout_" in name for name in names) == len(FAULTS) - 1
    assert sorted(names) == sorted(path.name for path in (tmp_path / "inbox").iterdir())
    assert len(names) > 200
