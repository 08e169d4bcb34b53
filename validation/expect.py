"""Great Expectations at work: a part of a suite goes in, per check the positions of the rows that failed come out.

COMPLETE is asked because it alone tells which rows failed; it also carries raw values, so results are cut down to counts
here, before anything renders or stores them.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from validation.checks import Between, Check, Part, Suite

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.expectations.expectation import Expectation

COUNTS = ("element_count", "missing_count", "unexpected_count", "unexpected_percent")
MOST_ROWS = 100_000  # 50 s for a million rows: what is judged is made small first, and raw extracts never come here
LEVELS = {"fout": "critical", "waarschuwing": "warning", "let op": "info"}


class TooManyRows(Exception):
    """A part of a suite is larger than Great Expectations is given."""


@dataclass(frozen=True)
class Outcome:
    """Of one check: whether it ran, rows judged, and the positions of the rows that failed."""

    ran: bool
    rows_checked: int
    failing: tuple[int, ...]


@contextmanager
def open_source() -> Iterator[BatchDefinition]:
    """A place for one pandas frame in a Great Expectations context in memory: no analytics, no progress bars, no files.

    One place for all parts in turn: at each new one the context writes its whole configuration as YAML, a quarter of 1.1 s.
    """
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    # This module sets its own level to INFO and tells the folder of a temporary site that is never used.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its own, about pandas and marshmallow
        context = gx.get_context(mode="ephemeral")
        context.enable_analytics(enable=False)
        context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
        yield context.data_sources.add_pandas("marts").add_dataframe_asset("part").add_batch_definition_whole_dataframe("all")


def judge_part(source: BatchDefinition, suite: Suite, part: Part) -> tuple[Mapping[str, Outcome], ExpectationSuiteValidationResult]:
    """Outcome per check id of one part, and Great Expectations' result of it without values. Raises TooManyRows."""
    import great_expectations as gx

    if part.frame.height > MOST_ROWS:
        raise TooManyRows(f"{suite.name}.{part.name} has {part.frame.height} rows, and at most {MOST_ROWS} are judged: aggregate or filter it in its suite")

    batch = source.get_batch({"dataframe": part.frame.to_pandas()})
    expectations = gx.ExpectationSuite(name=f"{suite.name}.{part.name}", expectations=[_expectation(check) for check in part.checks])
    result = batch.validate(expectations, result_format="COMPLETE")
    # Results come in an order of their own: the id travels along in the meta.
    outcomes = {one.expectation_config.meta["id"]: _outcome(one) for one in result.results if one.expectation_config}
    _keep_counts(result)
    return outcomes, result


def _expectation(check: Check) -> Expectation:
    from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
    from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet

    meta = {"id": check.id, "severity": check.severity, "dimension": check.dimension}
    words: dict[str, Any] = {"description": check.description, "severity": LEVELS[check.severity], "meta": meta}
    expect = check.expect
    if isinstance(expect, Between):
        return ExpectColumnValuesToBeBetween(column=expect.column, min_value=expect.minimum, max_value=expect.maximum, **words)
    return ExpectColumnValuesToBeInSet(column=expect.column, value_set=list(expect.allowed), **words)


def _outcome(one: Any) -> Outcome:
    if one.exception_info.get("raised_exception", True):
        return Outcome(ran=False, rows_checked=0, failing=())
    judged = int(one.result["element_count"]) - int(one.result.get("missing_count", 0))
    return Outcome(ran=True, rows_checked=judged, failing=tuple(one.result.get("unexpected_index_list") or ()))


def _keep_counts(result: ExpectationSuiteValidationResult) -> None:
    """Cut a result down to counts: values, row numbers, queries, tracebacks (they quote values and paths) and the
    frame's fingerprint (small frames can be guessed from it) go."""
    import great_expectations as gx

    result.meta = {"great_expectations_version": gx.__version__}
    for one in result.results:
        one.result = {key: one.result[key] for key in COUNTS if key in one.result}
        if one.exception_info.get("raised_exception", True):
            one.exception_info = {"raised_exception": True, "exception_message": "De toets kon niet worden uitgevoerd.", "exception_traceback": ""}
