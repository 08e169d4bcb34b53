"""`ketenmonitor contracts`: what an engineer or a partner gets of the contracts."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from typer.testing import CliRunner

from data_contracts import all_contracts, contract_of, versions_of
from pipelines.cli import app
from pipelines.codegen.odcs import odcs


def contracts(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["contracts", *arguments])
    return result.exit_code, result.output


def test_the_list_names_every_delivery_with_its_version() -> None:
    code, output = contracts("list", "--json")
    assert code == 0
    assert [(row["delivery"], row["version"]) for row in json.loads(output)] == [(each.terms().delivery, each.terms().version) for each in all_contracts()]


def test_a_contract_is_shown_as_its_document() -> None:
    code, output = contracts("show", "comensha_slachtoffers")
    assert code == 0
    assert yaml.safe_load(output) == odcs(contract_of("comensha_slachtoffers"))


def test_the_version_of_a_period_is_shown() -> None:
    old = next(versions_of(contract.terms().delivery)[0] for contract in all_contracts() if len(versions_of(contract.terms().delivery)) > 1)
    code, output = contracts("show", old.terms().delivery, "--period", "2000", "--json")
    assert code == 0
    assert json.loads(output)["version"] == old.terms().version


def test_a_partner_gets_an_instruction_and_a_template(tmp_path: Path) -> None:
    code, output = contracts("template", "comensha_slachtoffers", "--out", str(tmp_path / "partner"))
    assert code == 0, output
    assert sorted(path.name for path in (tmp_path / "partner").iterdir()) == ["comensha_slachtoffers.html", "comensha_slachtoffers.xlsx"]


def test_nobody_gets_a_template_of_what_the_monitor_fetches(tmp_path: Path) -> None:
    code, output = contracts("template", "cbs_bevolking", "--out", str(tmp_path / "partner"))
    assert code == 1
    assert "nobody delivers it" in output
    assert not (tmp_path / "partner").exists()


def test_an_unknown_delivery_is_wrong_usage() -> None:
    code, output = contracts("show", "onbekende_levering")
    assert code == 2
    assert "onbekende_levering" in output
