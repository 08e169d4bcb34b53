"""A new delivery is one contract file, one staging model and a pair of example files: walked through on a copy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.house.project import run_python
from tests.house.recipe import changed_by_hand, dbt, generate, write

CONTRACT = '''"""CBS: vermogen van huishoudens per gemeente en jaar, een StatLine-download."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class CbsVermogen(Contract):
    """One row per gemeente or landsdeel and year: households and their wealth."""

    _terms = Terms(
        delivery="cbs_vermogen",
        title="Vermogen van huishoudens",
        partner="CBS",
        owner="CBS, StatLine",
        theme="context",
        grain=Grain.COUNT,
        rhythm=Rhythm.YEAR,
        due_days=300,
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="Context bij de thema's",
            grondslag="Open data",
            convenant="Niet nodig",
            dpia="Niet nodig: open data",
            bewaartermijn_maanden=240,
            smallest_area="gemeente",
            smallest_group={"professional": 0, "publiek": 0},
        ),
        aliases={
            "regio": ("regio's",),
            "jaar": ("perioden",),
            "huishoudens": ("particuliere huishoudens",),
            "aandeel": ("particuliere huishoudens relatief",),
            "totaal": ("totaal vermogen",),
            "gemiddeld": ("gemiddeld vermogen",),
            "mediaan": ("mediaan vermogen",),
        },
    )

    regio: str = fields.area("gemeente of landsdeel")
    jaar: str = fields.year()
    huishoudens: float = fields.number("Particuliere huishoudens", unit="x 1 000")
    aandeel: float = fields.percentage("Aandeel van de huishoudens", nullable=True)
    totaal: float = fields.number("Totaal vermogen", unit="mld euro", lowest=-1000, nullable=True)
    gemiddeld: float = fields.number("Gemiddeld vermogen", unit="1 000 euro", lowest=-1000, nullable=True)
    mediaan: float = fields.number("Mediaan vermogen", unit="1 000 euro", lowest=-1000, nullable=True)

    class Config(Contract.Config):
        unique = ["regio", "jaar"]
'''
STAGING = """select
    regio as area_name,
    jaar as period,
    huishoudens * 1000 as household_count,
    aandeel as household_percentage,
    totaal as total_wealth_billion,
    gemiddeld as mean_wealth_thousand,
    mediaan as median_wealth_thousand,
    delivery_sha256,
    received_at
from {{ source('accepted', 'cbs_vermogen') }}
"""
HEADER = "regio;jaar;huishoudens;aandeel;totaal;gemiddeld;mediaan\n"
GOOD = HEADER + "Delft;2022;56,3;100;12,2;216,3;17,4\nGouda;2022;34,1;100;8,1;237,5;127,8\nNiet in te delen;2022;0,0;.;.;.;.\n"
BAD = HEADER + "Delft;tweeëntwintig;56,3;100;12,2;216,3;17,4\nGouda;2022;-34,1;100;8,1;237,5;127,8\nLisse;2022;9,9;101,5;geen idee;1,0;2,0\n"
SECRETS = ("tweeëntwintig", "34,1", "101,5", "geen idee")  # values of the bad rows, which no answer may show

NEW_DELIVERY = {
    "data_contracts/context/cbs_vermogen.py": CONTRACT,
    "dbt_project/models/staging/stg_cbs_vermogen.sql": STAGING,
    "tests/data_contracts/examples/cbs_vermogen_good.csv": GOOD,
    "tests/data_contracts/examples/cbs_vermogen_bad.csv": BAD,
}
STATLINE = ("cbs_vermogen_2022_deccomma.csv", "cbs_vermogen_huishoudens_2024_bom_deccomma.csv")  # as CBS gives them out; their heads differ


@pytest.fixture(scope="module")
def with_new_delivery(tmp_path_factory: pytest.TempPathFactory, clean: Path, before: dict[str, bytes]) -> Path:
    """A copy with a new delivery, made as the recipe says: contract, staging model, pair of examples, and codegen."""
    copy = shutil.copytree(clean, tmp_path_factory.mktemp("new_delivery") / "project")
    write(copy, NEW_DELIVERY)
    generate(copy)
    return copy


def test_a_new_delivery_is_a_contract_a_staging_model_and_a_pair_of_examples(with_new_delivery: Path, before: dict[str, bytes]) -> None:
    by_hand = set(NEW_DELIVERY)
    assert changed_by_hand(with_new_delivery, before) == by_hand


@pytest.mark.slow
def test_after_a_new_delivery_the_generated_files_are_current_and_dbt_parses(with_new_delivery: Path) -> None:
    assert run_python(with_new_delivery, "-m", "pipelines.codegen", "--check").returncode == 0
    parsed = dbt(with_new_delivery, "parse")
    assert parsed.returncode == 0, parsed.stdout + parsed.stderr
    manifest = json.loads((with_new_delivery / "dbt_project" / "target" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["nodes"]["model.ketenmonitor.stg_cbs_vermogen"]["depends_on"]["nodes"] == ["source.ketenmonitor.accepted.cbs_vermogen"]


CHECK = """
import json, sys
from typer.testing import CliRunner
from pipelines.cli import app
if __name__ == "__main__":
    answers = [CliRunner().invoke(app, ["check", file, "--delivery", "cbs_vermogen"]) for file in sys.argv[1:]]
    print(json.dumps([[answer.exit_code, answer.output] for answer in answers]))
"""


def check(copy: Path, *files: str) -> list[tuple[int, str]]:
    """Exit code and output of `ketenmonitor check` for each file: one process for all, since to start one takes longer than to check."""
    checked = run_python(copy, "-c", CHECK, *files)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return [(code, output) for code, output in json.loads(checked.stdout)]


@pytest.fixture(scope="module")
def answers(with_new_delivery: Path) -> dict[str, tuple[int, str]]:
    """What is said of the good and the bad example."""
    examples = ("good", "bad")
    return dict(zip(examples, check(with_new_delivery, *(f"tests/data_contracts/examples/cbs_vermogen_{name}.csv" for name in examples)), strict=True))


def test_the_good_example_of_a_new_delivery_passes(answers: dict[str, tuple[int, str]]) -> None:
    code, output = answers["good"]
    assert code == 0, output


def test_the_bad_example_of_a_new_delivery_is_refused_without_showing_a_value(answers: dict[str, tuple[int, str]]) -> None:
    code, output = answers["bad"]
    assert code == 1, output
    assert [value for value in SECRETS if value in output] == []


def test_checking_a_file_stores_nothing(answers: dict[str, tuple[int, str]], with_new_delivery: Path) -> None:
    assert answers
    assert list((with_new_delivery / "data").rglob("*.parquet")) == []


def test_a_statline_download_that_nobody_prepared_for_passes_as_it_is(with_new_delivery: Path, open_data: Path) -> None:
    checked = check(with_new_delivery, *(str(open_data / "messy" / file) for file in STATLINE))
    assert {file: output for file, (code, output) in zip(STATLINE, checked, strict=True) if code} == {}


RECEIVE = """
from data_contracts import contract_of
from pipelines.intake.judging import judge_landed
from pipelines.intake.receiving import receive_inbox
from pipelines.resources import Settings
if __name__ == "__main__":
    settings = Settings.from_environment()
    notices = [*receive_inbox(settings, "cbs_vermogen"), *judge_landed(settings, contract_of("cbs_vermogen")).notices]
    print([notice.sentence for notice in notices if notice.status == "refused"])
"""


def test_both_statline_downloads_are_received_and_accepted_with_their_numbers(with_new_delivery: Path, open_data: Path, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    for file in STATLINE:
        shutil.copy(open_data / "messy" / file, tmp_path / "inbox" / file)
        (tmp_path / "inbox" / file).chmod(0o600)
    received = run_python(with_new_delivery, "-c", RECEIVE, KETENMONITOR_DATA_DIR=str(tmp_path))
    assert received.stdout.strip() == "[]", received.stdout + received.stderr
    rows = pl.read_parquet(tmp_path / "accepted" / "cbs_vermogen" / "*.parquet").sort("jaar")
    assert rows.group_by("jaar", maintain_order=True).len().rows() == [("2022", 348), ("2024", 348)]
    delft = rows.filter(regio="Delft").select("jaar", "huishoudens", "aandeel", "totaal", "gemiddeld", "mediaan")
    assert delft.rows() == [("2022", 56.3, 100.0, 12.2, 216.3, 17.4), ("2024", 60.4, 100.0, 12.6, 208.5, 17.4)]
    nowhere = rows.filter(regio="Gemeenten; niet in te delen").select("huishoudens", "aandeel", "totaal", "gemiddeld", "mediaan")
    assert nowhere.rows() == 2 * [(0.0, None, None, None, None)]


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
    assert "accepted/cbs_vermogen" in listed.stdout
    assert "stg_cbs_vermogen" in listed.stdout
