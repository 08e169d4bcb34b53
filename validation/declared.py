"""Every expectation there is, told without data: each suite built over empty frames. All of them take 0.05 s and no Great Expectations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl

from validation.checks import Check, Suite
from validation.suites import all_suites
from validation.tables import Tables

_ADDRESS = ("indicator_id", "area_level", "area_code", "period_grain", "period", "dimension_1", "category_1", "dimension_2", "category_2", "state")
_TEXTS = ("delivery", "partner", "title", "newest_period", "due_at", "status", "origin", "warning_text", "correction_text")

#: Columns that the suites read, per frame of `run_suites`.
SCHEMAS: dict[str, dict[str, type[pl.DataType]]] = {
    "mart_indicators": {**dict.fromkeys(_ADDRESS, pl.String), **dict.fromkeys(("value", "numerator", "denominator", "lower", "upper"), pl.Float64)},
    "mart_reconciliation": {
        **dict.fromkeys(("indicator_id", "period_grain", "period", "parts_name", "whole_name"), pl.String),
        **dict.fromkeys(("parts_sum", "whole", "difference"), pl.Float64),
    },
    "leveringen": {**dict.fromkeys(_TEXTS, pl.String), **dict.fromkeys(("rows_in", "rows_quarantined", "warnings", "corrections"), pl.Int64)},
    "mart_areas": dict.fromkeys(("area_level", "area_code", "area_name"), pl.String),
}


def declared_checks(build: Callable[[Tables], Suite]) -> tuple[Check, ...]:
    """The checks of a suite, given the function that builds it, in its own order. Raises what the suite raises over empty frames."""
    nothing = Tables({name: pl.DataFrame(schema=schema) for name, schema in SCHEMAS.items()}, (), dt.date.min)
    return tuple(check for part in build(nothing).parts for check in part.checks)


def all_declared() -> dict[str, tuple[Check, ...]]:
    """Suite name → its checks, in the order of the quality page."""
    return {name: declared_checks(build) for name, build in all_suites().items()}
