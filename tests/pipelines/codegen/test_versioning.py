"""A contract that takes back what it promised is refused, with what broke and what to do."""

from __future__ import annotations

import copy
import dataclasses
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from data_contracts import contract_of
from pipelines.codegen.history import FOLDER, base_of, committed, documents, heir_of
from pipelines.codegen.odcs import odcs
from pipelines.codegen.versioning import refusals, refusals_of
from tests.house.project import ROOT, copy_project, run_python

DELIVERY = "halt_verwijzingen"
BEFORE = odcs(contract_of(DELIVERY))


def version(number: str, *, categories: tuple[str, ...] = (), gone: str = "") -> dict[str, Any]:
    """The document as another version, with categories more in `delict`, or without one."""
    document: dict[str, Any] = copy.deepcopy(BEFORE) | {"version": number}
    (delict,) = (column for column in document["schema"][0]["properties"] if column["name"] == "delict")
    delict["enum"] = [each for each in delict["enum"] if each["value"] != gone] + [{"value": value} for value in categories]
    return document


def judged(*now: dict[str, Any]) -> list[str]:
    return refusals_of({document["version"]: document for document in now}, "HaltVerwijzingen", [BEFORE])


def test_a_contract_that_stays_as_it_was_is_accepted() -> None:
    assert judged(BEFORE) == []


@pytest.mark.parametrize("number", ["1.0.0", "1.0.1", "1.1.0"])
def test_a_break_within_a_major_version_names_delivery_column_and_what_to_do(number: str) -> None:
    (sentence,) = judged(version(number, gone="geweld"))
    for part in (DELIVERY, "column delict lost 'geweld'", "2.0.0", "HaltVerwijzingenV1", "from_period", "changes"):
        assert part in sentence


@pytest.mark.parametrize("number", ["1.0.0", "1.0.1"])
def test_an_addition_asks_for_a_minor_version(number: str) -> None:
    (sentence,) = judged(version(number, categories=("fraude",)))
    assert "Raise the version to 1.1.0" in sentence
    assert "changes" in sentence


def test_an_addition_with_a_minor_version_is_accepted() -> None:
    assert judged(version("1.1.0", categories=("fraude",))) == []


def test_a_break_in_a_new_major_version_beside_the_old_one_is_accepted() -> None:
    assert judged(BEFORE, version("2.0.0", gone="geweld")) == []


def test_a_version_that_is_gone_is_missed() -> None:
    (sentence,) = judged(version("2.0.0", gone="geweld"))
    assert sentence.startswith(f"{DELIVERY}: version 1.0.0 is gone")


def test_the_heir_of_a_version_is_the_next_of_the_same_major_number() -> None:
    assert heir_of("1.2.0", ["1.10.0", "1.9.0", "2.0.0", "1.1.0"]) == "1.9.0"
    assert heir_of("1.2.0", ["2.0.0"]) is None


def test_the_contracts_of_today_keep_what_was_committed() -> None:
    assert refusals(ROOT) == []


@pytest.mark.slow
def test_the_generator_refuses_a_contract_that_lost_a_category_and_writes_nothing(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    path = project / "data_contracts" / "mensenhandel" / "comensha_slachtoffers.py"
    text = path.read_text(encoding="utf-8")
    assert '"buiten EU", ' in text
    path.write_text(text.replace('"buiten EU", ', "", 1), encoding="utf-8")
    generated = run_python(project, "-m", "pipelines.codegen")
    assert generated.returncode == 1
    assert "comensha_slachtoffers" in generated.stdout
    assert "column nationaliteitsgroep lost 'buiten EU'" in generated.stdout
    assert documents(project) == documents(ROOT)


def test_a_version_without_a_line_in_the_change_log_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    contract = contract_of(DELIVERY)
    monkeypatch.setattr(contract, "_terms", dataclasses.replace(contract.terms(), changes=("0.9.0: proef",)))
    assert [sentence for sentence in refusals(ROOT) if "no line for version 1.0.0" in sentence and sentence.startswith(DELIVERY)]


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of two commits: a document in the first, another text of it in the second."""
    folder = tmp_path / "project"
    (folder / FOLDER).mkdir(parents=True)
    git(folder, "init", "-b", "main")
    for text in ("first", "second"):
        (folder / FOLDER / "een-1.0.0.odcs.yaml").write_text(text, encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-m", text)
    return folder


def test_what_was_committed_counts_and_not_what_lies_there(checkout: Path) -> None:
    (checkout / FOLDER / "een-1.0.0.odcs.yaml").write_text("third", encoding="utf-8")
    assert committed(checkout) == {"een-1.0.0.odcs.yaml": "second"}
    assert documents(checkout) == {"een-1.0.0.odcs.yaml": "third"}


def test_a_branch_is_compared_with_its_first_parent_when_there_is_no_upstream(checkout: Path) -> None:
    base = base_of(checkout)
    assert base
    assert committed(checkout, base) == {"een-1.0.0.odcs.yaml": "first"}


def test_a_branch_is_compared_with_where_it_left_the_upstream_one(checkout: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", str(checkout), str(clone))
    for text in ("third", "fourth"):
        (clone / FOLDER / "een-1.0.0.odcs.yaml").write_text(text, encoding="utf-8")
        git(clone, "commit", "-am", text)
    base = base_of(clone)
    assert base
    assert committed(clone, base) == {"een-1.0.0.odcs.yaml": "second"}


def test_a_shallow_checkout_has_nothing_to_compare_with(checkout: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--depth", "1", f"file://{checkout}", "shallow")
    assert base_of(tmp_path / "shallow") is None


def test_a_commit_without_documents_and_a_folder_without_git_are_told_apart(checkout: Path, tmp_path: Path) -> None:
    git(checkout, "rm", "-r", FOLDER)
    git(checkout, "commit", "-m", "none")
    assert committed(checkout) == {}
    shutil.rmtree(checkout / ".git")
    assert committed(checkout) is None
