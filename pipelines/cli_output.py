"""What the command line says: lines for people, one JSON document for machines, and exit code 1 with a reason."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, for machines.")]


def say(document: Any, lines: list[str], *, as_json: bool) -> None:
    """Prints the document as JSON, or the lines."""
    print(json.dumps(document, ensure_ascii=False, indent=2, default=str) if as_json else "\n".join(lines))


def failed(message: str, *, as_json: bool = False, **extra: Any) -> typer.Exit:
    """Prints why, and gives the exit with code 1 for the caller to raise."""
    if as_json:
        print(json.dumps({"error": message, **extra}, ensure_ascii=False, indent=2, default=str))
    else:
        print(message, file=sys.stderr)
    return typer.Exit(1)
