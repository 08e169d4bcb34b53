"""What a user can set or call stands in the README; what a colleague can call says what it does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from tests.house.project import PACKAGES, ROOT, python_files, syntax_of, text_files

SETTING = re.compile(r"KETENMONITOR_[A-Z][A-Z_]*[A-Z]")


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_documented() -> None:
    used = {name for path, text in text_files() if path.parts[0] not in {"tests", "README.md", "CHANGELOG.md"} for name in SETTING.findall(text)}
    assert used
    assert sorted(used - set(SETTING.findall(readme()))) == []


def test_every_documented_setting_exists() -> None:
    used = {name for path, text in text_files() if path.name not in {"README.md", "CHANGELOG.md"} for name in SETTING.findall(text)}
    assert sorted(set(SETTING.findall(readme())) - used) == []


def commands() -> Iterator[str]:
    """Every command of the command line as it is typed, without options."""
    from pipelines.cli import app

    waiting = [("ketenmonitor", typer.main.get_command(app))]
    while waiting:
        path, command = waiting.pop()
        below = getattr(command, "commands", {})
        if not below:
            yield path
        waiting += [(f"{path} {name}", each) for name, each in below.items()]


def test_every_command_is_documented() -> None:
    text = readme()
    assert sorted(command for command in commands() if not re.search(rf"{re.escape(command)}\b", text)) == []


def test_every_command_says_what_it_does() -> None:
    from pipelines.cli import app

    waiting = [typer.main.get_command(app)]
    while waiting:
        command = waiting.pop()
        assert command.help, f"{command.name} has no help"
        waiting += getattr(command, "commands", {}).values()


def test_every_make_target_says_what_it_does_and_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\.PHONY: ([a-z-]+)$", makefile, re.MULTILINE)
    assert [name for name in targets if not re.search(rf"^{name}:.*## \w", makefile, re.MULTILINE)] == []
    assert [name for name in targets if name not in {"setup", "format"} and f"make {name}" not in readme()] == []


def public_definitions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions and classes, and public methods of classes that inherit from nothing (an inherited method has the
    words of its base). A property that is a name for something needs no sentence beside it."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield node
        if isinstance(node, ast.ClassDef) and not node.bases:
            for method in node.body:
                if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and not method.name.startswith("_"):
                    decorators = {ast.unparse(decorator) for decorator in method.decorator_list}
                    if not decorators & {"property", "cached_property", "functools.cached_property"}:
                        yield method


@pytest.mark.parametrize("path", python_files(*PACKAGES), ids=str)
def test_every_module_and_public_function_has_a_docstring(path: Path) -> None:
    tree = syntax_of(path)
    assert ast.get_docstring(tree), f"{path} does not say what it is for"
    assert [f"{node.name} (line {node.lineno})" for node in public_definitions(tree) if not ast.get_docstring(node)] == []
