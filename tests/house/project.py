"""The project as the rules see it: its files, its Python, and a copy of it to try a recipe on."""

from __future__ import annotations

import ast
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "data_contracts", "pipelines", "validation")


@functools.cache
def project_files() -> tuple[Path, ...]:
    """Files that git tracks or would track, relative to the root; skips where this is no checkout."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout, so nothing says which files belong to the project", allow_module_level=True)
    return tuple(sorted(Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()))


def python_files(*folders: str) -> list[Path]:
    """Python files of the project below the named top folders (all of them when none is named)."""
    return [path for path in project_files() if path.suffix == ".py" and (not folders or path.parts[0] in folders)]


def text_files() -> Iterator[tuple[Path, str]]:
    """Every project file that is UTF-8 text, with its text."""
    for path in project_files():
        try:
            yield path, (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def syntax_of(path: Path) -> ast.Module:
    """The syntax tree of a project file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def copy_project(target: Path) -> Path:
    """A copy of the project's own files (no .venv, data or history) in `target`."""
    for path in project_files():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target / path)
    return target


def run_python(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in a copy, so that the copy's packages are imported and not those of the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KETENMONITOR_", "DBT_"))}
    environment |= {"PYTHONPATH": str(folder), "DO_NOT_TRACK": "1", **variables}
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=240)
