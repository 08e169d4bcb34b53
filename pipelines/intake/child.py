"""Runs the reading of a partner's file in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def run_in_child(function: Callable[Parameters, Result], *arguments: Parameters.args, **options: Parameters.kwargs) -> Result:
    """Calls `function` and gives its result; what it raises is raised here."""
    return function(*arguments, **options)
