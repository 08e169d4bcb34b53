"""Where things stand, what they are called and how long they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data_contracts import all_contracts, versions_of
from data_contracts.base import Contract
from tests.house.project import ROOT, project_files, python_files

TOP_LEVEL = {
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml", "workspace.yaml"),
    *("requirements.lock", "requirements-dev.lock", "requirements-spark.lock", "requirements-bouncer.lock", "requirements-bootstrap.lock"),
    *(".ci", ".dagster", ".docs", ".gitignore", ".importlinter", ".sqlfluff"),
    *("data_contracts", "pipelines", "dbt_project", "validation", "app", "tests"),
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}
LONGEST = {".py": 250, ".sql": 80}

# A longer file wants a reason: file → why it stays in one piece.
LONGER_FOR_A_REASON: dict[str, str] = {
    "pipelines/disclosure/check_worlds.py": "a program that somebody else runs by itself, in one file so that it can be read and passed on: under 300 lines",
}


def test_the_top_level_stays_as_the_house_has_it() -> None:
    assert {path.parts[0] for path in project_files()} - TOP_LEVEL == set()


def test_no_module_or_folder_has_a_name_that_takes_anything() -> None:
    words = {str(path): {part for name in path.with_suffix("").parts for part in re.split(r"[_.-]", name.lower())} for path in project_files()}
    assert [path for path, parts in words.items() if parts & VAGUE and Path(path).suffix in {".py", ".sql", ".yml"}] == []


def test_files_stay_short_or_say_why() -> None:
    lines = {str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in project_files() if path.suffix in LONGEST}
    too_long = {path: number for path, number in lines.items() if number > LONGEST[Path(path).suffix]}
    assert {path: number for path, number in too_long.items() if path not in LONGER_FOR_A_REASON} == {}
    assert set(LONGER_FOR_A_REASON) <= set(too_long), "an exception that is no longer needed"


@pytest.mark.parametrize("contract", all_contracts(), ids=lambda contract: contract.terms().delivery)
def test_a_contract_is_named_after_its_delivery_and_stands_in_its_theme(contract: type[Contract]) -> None:
    terms = contract.terms()
    assert contract.__module__ == f"data_contracts.{terms.theme}.{terms.delivery}"
    assert contract.__name__ == "".join(word.capitalize() for word in terms.delivery.split("_"))


@pytest.mark.parametrize("contract", all_contracts(), ids=lambda contract: contract.terms().delivery)
def test_a_contract_says_first_what_one_row_is(contract: type[Contract]) -> None:
    assert (contract.__doc__ or "").startswith("One row per ")


def test_one_file_holds_one_contract() -> None:
    shared = {"__init__.py", "categories.py"}  # categories: words that several partners of a theme use
    files = {path for path in python_files("data_contracts") if len(path.parts) == 3 and path.name not in shared}
    assert {path.with_suffix("").as_posix().replace("/", ".") for path in files} == {contract.__module__ for contract in all_contracts()}


@pytest.mark.parametrize("contract", all_contracts(), ids=lambda contract: contract.terms().delivery)
def test_older_versions_of_a_contract_stand_in_its_file(contract: type[Contract]) -> None:
    for number, older in enumerate(versions_of(contract.terms().delivery)[:-1], start=1):
        assert (older.__module__, older.__name__) == (contract.__module__, f"{contract.__name__}V{number}")


def test_tests_mirror_the_tree() -> None:
    mirrored = {path.parts[1] for path in python_files("tests") if len(path.parts) > 2}
    assert mirrored - {"house", "benchmarks", "app", "data_contracts", "dbt_project", "pipelines", "spark", "validation"} == set()


def test_tests_are_sentences() -> None:
    names = {
        f"{path}: {name}" for path in python_files("tests") for name in re.findall(r"^def (test_\w+)", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert sorted(name for name in names if name.count("_") < 3) == []
