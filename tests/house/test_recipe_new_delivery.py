"""A new delivery is one contract file, one staging model and a pair of example files: walked through on a copy."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.project import run_python
from tests.house.recipe import GENERATED, changed_files, dbt, generate, write

CONTRACT = '''"""Halt: verwijzingen van jongeren, geteld per gemeente en kwartaal."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class HaltVerwijzingen(Contract):
    """One row per gemeente, quarter and age group: young people referred to Halt."""

    _terms = Terms(
        delivery="halt_verwijzingen",
        title="Verwijzingen naar Halt",
        partner="Halt",
        owner="Halt, regio Den Haag",
        theme="jonge_aanwas",
        grain=Grain.COUNT,
        rhythm=Rhythm.QUARTER,
        due_days=30,
        period_column="kwartaal",
        law=Law(
            doel="Regionaal beeld van jonge aanwas",
            grondslag="Te bevestigen",
            convenant="Te bevestigen",
            dpia="Te bevestigen",
            bewaartermijn_maanden=60,
            smallest_area="gemeente",
            smallest_group={"professional": 5, "publiek": 10},
        ),
    )

    gemeente: str = fields.area("gemeente")
    kwartaal: str = fields.quarter()
    leeftijd: str = fields.category("Leeftijd", ("12-13", "14-15", "16-17"))
    aantal: int = fields.count("Aantal verwijzingen", unit="verwijzingen")

    class Config(Contract.Config):
        unique = ["gemeente", "kwartaal", "leeftijd"]
'''
STAGING = """select
    gemeente as gemeente_name,
    kwartaal as period,
    leeftijd,
    aantal as referral_count,
    delivery_sha256,
    received_at
from {{ source('accepted', 'halt_verwijzingen') }}
"""
GOOD = "gemeente;kwartaal;leeftijd;aantal\nDelft;2026Q3;12-13;4\nGouda;2026Q3;14-15;12\n's-Gravenhage;2026Q3;16-17;31\n"
BAD = "gemeente;kwartaal;leeftijd;aantal\nDelft;2026Q3;12-13;-4\nGouda;derde kwartaal;14-15;12\n's-Gravenhage;2026Q3;40-50;31\n"
SECRETS = ("-4", "derde kwartaal", "40-50")  # values of the bad rows, which no answer may show

NEW_DELIVERY = {
    "data_contracts/jonge_aanwas/halt_verwijzingen.py": CONTRACT,
    "dbt_project/models/staging/stg_halt_verwijzingen.sql": STAGING,
    "tests/data_contracts/examples/halt_verwijzingen_good.csv": GOOD,
    "tests/data_contracts/examples/halt_verwijzingen_bad.csv": BAD,
}


@pytest.fixture(scope="module")
def with_new_delivery(tmp_path_factory: pytest.TempPathFactory, clean: Path, before: dict[str, bytes]) -> Path:
    """A copy with a new delivery, made as the recipe says: contract, staging model, pair of examples, and codegen."""
    copy = shutil.copytree(clean, tmp_path_factory.mktemp("new_delivery") / "project")
    write(copy, NEW_DELIVERY)
    generate(copy)
    return copy


def test_a_new_delivery_is_a_contract_a_staging_model_and_a_pair_of_examples(with_new_delivery: Path, before: dict[str, bytes]) -> None:
    by_hand = set(NEW_DELIVERY)
    assert by_hand <= changed_files(with_new_delivery, before) <= by_hand | GENERATED


@pytest.mark.slow
def test_after_a_new_delivery_the_generated_files_are_current_and_dbt_parses(with_new_delivery: Path) -> None:
    assert run_python(with_new_delivery, "-m", "pipelines.codegen", "--check").returncode == 0
    parsed = dbt(with_new_delivery, "parse")
    assert parsed.returncode == 0, parsed.stdout + parsed.stderr
    manifest = json.loads((with_new_delivery / "data" / "target" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["nodes"]["model.ketenmonitor.stg_halt_verwijzingen"]["depends_on"]["nodes"] == ["source.ketenmonitor.accepted.halt_verwijzingen"]


def check(copy: Path, example: str, *options: str) -> subprocess.CompletedProcess[str]:
    file = f"tests/data_contracts/examples/halt_verwijzingen_{example}.csv"
    return run_python(copy, "-m", "pipelines.cli", "check", file, "--delivery", "halt_verwijzingen", *options)


def test_the_good_example_of_a_new_delivery_passes(with_new_delivery: Path) -> None:
    checked = check(with_new_delivery, "good")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_bad_example_of_a_new_delivery_is_refused_without_showing_a_value(with_new_delivery: Path) -> None:
    checked = check(with_new_delivery, "bad")
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert [value for value in SECRETS if value in checked.stdout + checked.stderr] == []


def test_checking_a_file_stores_nothing(with_new_delivery: Path) -> None:
    check(with_new_delivery, "good", "--json")
    assert list((with_new_delivery / "data").rglob("*.parquet")) == []


@pytest.mark.slow
def test_a_new_delivery_stands_in_dagsters_graph(with_new_delivery: Path) -> None:
    code = """
from pipelines.warehouse import ensure_manifest
ensure_manifest()
from pipelines.definitions import defs
print([key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()])
"""
    listed = run_python(with_new_delivery, "-c", code, KETENMONITOR_DATA_DIR=str(with_new_delivery / "data"))
    assert listed.returncode == 0, listed.stderr
    assert "accepted/halt_verwijzingen" in listed.stdout
    assert "stg_halt_verwijzingen" in listed.stdout
