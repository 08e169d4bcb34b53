"""SQL with the project's own macros, without a dbt run: the macro files themselves, and dbt's few words that they use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from tests.dbt_project.accepted import ROOT

MACROS = ROOT / "dbt_project" / "macros"
TYPES = {"type_string": "varchar", "type_bigint": "bigint", "type_int": "integer"}


class CompilerError(Exception):
    """What dbt's exceptions.raise_compiler_error does."""


class Exceptions:
    """dbt's `exceptions`."""

    def raise_compiler_error(self, message: str) -> None:
        raise CompilerError(message)


def render(sql: str, macros: Sequence[str], **names: Any) -> str:
    """`sql` with the named macro files before it; a table that it refers to has its own name."""
    words: dict[str, Any] = {name: lambda text=text: text for name, text in TYPES.items()}
    words |= {"ref": lambda table: table, "exceptions": Exceptions()}
    text = "".join((MACROS / f"{name}.sql").read_text(encoding="utf-8") for name in macros)
    # as dbt does it: a block takes no line break with it, and an unknown word stops
    return Environment(undefined=StrictUndefined).from_string(text + sql).render(**words, **names)


def render_model(path: Path, macros: Sequence[str], **names: Any) -> str:
    """The SQL of a model file."""
    return render(path.read_text(encoding="utf-8"), macros, **names)
