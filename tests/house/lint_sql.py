"""sqlfluff over the dbt project, as `sqlfluff lint` does it, in less than half of its time: `python -m tests.house.lint_sql [--fix]`.

sqlfluff compiles every macro of the project anew for each of 180 files, and then once more: 61 of its 107 s. Here Jinja remembers
what it compiled. In one process, for sqlfluff's own workers would not.
"""

from __future__ import annotations

import sys
from typing import Any

from jinja2 import Environment
from sqlfluff.cli.commands import cli

FOLDERS = ("dbt_project/models", "dbt_project/tests")


def main() -> None:
    """Ends with sqlfluff's own exit code."""
    compiled: dict[tuple[Any, ...], Any] = {}
    compile_anew = Environment.compile

    def compile_once(environment: Environment, *source: Any) -> Any:
        if source not in compiled:
            compiled[source] = compile_anew(environment, *source)
        return compiled[source]

    Environment.compile = compile_once  # type: ignore[assignment]
    fix = "--fix" in sys.argv
    cli(["fix" if fix else "lint", "--processes", "1", *FOLDERS])


if __name__ == "__main__":
    main()
