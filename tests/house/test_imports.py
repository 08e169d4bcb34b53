"""Who may import whom."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from tests.house.project import PACKAGES, ROOT, copy_project, python_files, run_python, syntax_of

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"

# One line that breaks each contract of .importlinter, and the file that it is added to.
VIOLATIONS = {
    "The app reads releases": ("app/access.py", "import duckdb"),
    "Contracts say what was promised": ("data_contracts/fields.py", "import pipelines.resources"),
    "Validation gets frames": ("validation/dutch.py", "import data_contracts.base"),
    "The pipelines never import the app": ("pipelines/cli.py", "import app.wording"),
    "Disclosure control is pure": ("pipelines/disclosure/protection.py", "import data_contracts.base"),
    "Intake and release work without dagster": ("pipelines/intake/register.py", "import dagster"),
    "What proves a release": ("pipelines/disclosure/attack.py", "import pipelines.disclosure.room"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return run_python(folder, "-c", LINT)


def test_every_import_rule_is_kept() -> None:
    linted = lint(ROOT)
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_every_import_rule_can_break(tmp_path: Path) -> None:
    copy = copy_project(tmp_path)
    for file, line in VIOLATIONS.values():
        path = copy / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    linted = lint(copy)
    broken = {line.removesuffix("BROKEN").strip() for line in linted.stdout.splitlines() if line.endswith("BROKEN")}
    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert {rule for rule in VIOLATIONS if not any(name.startswith(rule) for name in broken)} == set(), linted.stdout


def test_every_folder_with_python_is_a_package() -> None:
    # A folder without __init__.py is invisible to import-linter, and its rules would hold for nobody in it.
    folders = {path.parent for path in python_files() if path.parent != Path()}
    folders |= {parent for folder in folders for parent in folder.parents if parent != Path()}
    assert sorted(str(folder) for folder in folders if not (ROOT / folder / "__init__.py").exists()) == []


def imported_by(path: Path) -> set[str]:
    """Full names of the modules that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", [path for path in python_files("pipelines") if path.parts[1] == "disclosure"], ids=str)
def test_disclosure_control_imports_nothing_of_the_pipelines_but_itself(path: Path) -> None:
    ours = {name for name in imported_by(path) if name.split(".")[0] in PACKAGES}
    assert {name for name in ours if not name.startswith("pipelines.disclosure")} == set()


def reached_from(module: str) -> set[str]:
    """Modules of pipelines.disclosure that a module reaches through its imports, itself included."""
    known = {".".join(path.with_suffix("").parts): path for path in python_files("pipelines") if path.parts[1] == "disclosure"}
    reached, waiting = set(), [module]
    while waiting:
        name = waiting.pop()
        if name in known and name not in reached:
            reached.add(name)
            waiting += [part for imported in imported_by(known[name]) for part in (imported, imported.rpartition(".")[0])]
    return reached


@pytest.mark.parametrize("judge", ["attack", "certificate", "check_worlds", "witness"])
@pytest.mark.parametrize("protector", ["balance", "suppression"])
def test_what_proves_and_what_protects_share_the_model_of_cells_and_nothing_else(judge: str, protector: str) -> None:
    # .importlinter forbids that one imports the other; code that both import would be shared all the same.
    reached = reached_from(f"pipelines.disclosure.{judge}")
    assert reached, f"pipelines/disclosure/{judge}.py is absent"
    assert reached & reached_from(f"pipelines.disclosure.{protector}") <= {"pipelines.disclosure.model"}
