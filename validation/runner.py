"""Runs every suite over the marts and writes the Data Docs. A suite that cannot run counts as fout, never as passed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from validation.checks import Check, Finding, Part, Result, Suite, findings_of
from validation.declared import declared_checks
from validation.suites import all_suites
from validation.summary import verdict_of
from validation.tables import Tables

if TYPE_CHECKING:
    import polars as pl
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.batch_definition import BatchDefinition

    from validation.tables import Frame

    Judged: TypeAlias = list[tuple[Suite, list[tuple[Part, ExpectationSuiteValidationResult]]]]

LOG = logging.getLogger(__name__)


def run_suites(
    frames: Mapping[str, Frame],
    docs: Path,
    catalogue: Sequence[Mapping[str, object]],
    now: dt.datetime | None = None,
    *,
    released: pl.DataFrame | None = None,
) -> list[Result]:
    """Judge the frames and write the Data Docs (static HTML, counts of rows only) into `docs`, replacing what is there.

    `frames` (pandas or Polars): mart_indicators (the 15 columns of values.parquet, before disclosure control),
    mart_reconciliation (see its suite), leveringen (delivery, partner, title, newest_period, due_at, status, origin,
    rows_in, rows_quarantined, warnings, warning_text, corrections, correction_text), for names of areas mart_areas
    (area_level, area_code, area_name), and mart_cross_sources, without which no sources are held beside each other. A
    missing frame of the first three makes its suites fout. `catalogue` holds per indicator indicator_id, name, person_related, per and sources; an
    indicator that it does not know counts as person-related. `now` (UTC, default the clock) says what is in the future
    and dates the pages. `released` is the professional values.parquet of the release in use, None where there is none yet:
    then nothing is compared with it. Returns one result per check, in the order of the suites.
    """
    now = now or dt.datetime.now(dt.UTC)
    from validation.docs import write_docs
    from validation.expect import open_source

    tables = Tables(frames, catalogue, now.date(), released)
    results: list[Result] = []
    judged: Judged = []
    titles: dict[str, str] = {}
    with open_source() as source:
        for name, build in all_suites().items():
            suite_results = _run_suite(source, name, build, tables, judged, titles)
            results.extend(suite_results)
    write_docs(docs, judged, results, titles, verdict_of(results), now)
    return results


def _run_suite(source: BatchDefinition, name: str, build: Callable[[Tables], Suite], tables: Tables, judged: Judged, titles: dict[str, str]) -> list[Result]:
    titles[name] = name
    declared: tuple[Check, ...] = ()
    try:
        declared = declared_checks(build)
        suite = build(tables)
        titles[name] = suite.title
        parts: list[tuple[Part, ExpectationSuiteValidationResult]] = []
        results: list[Result] = []
        for part in suite.parts:
            part_results, rendered = _run_part(source, suite, part)
            results.extend(part_results)
            parts.append((part, rendered))
    except Exception as error:  # whatever went wrong, the suite did not pass, and the other suites still run
        # The text of an exception may quote rows (pandas does): only its kind is told.
        LOG.error("suite %s could not run: %s", name, type(error).__name__)
        return _suite_not_run(name, titles[name], declared, type(error).__name__)
    judged.append((suite, parts))
    done = {result.check for result in results}
    return results + [_not_run(name, check.id, check.description, "toets ontbreekt", check) for check in declared if check.id not in done]


def _suite_not_run(name: str, title: str, declared: Sequence[Check], reason: str) -> list[Result]:
    """All checks of a suite as not run, for one cause and so with one finding."""
    whole = _not_run(name, "suite_runs", f"Onderdeel ‘{title}’ kan worden getoetst.", reason)
    parts = [dataclasses.replace(whole, check=check.id, dimension=check.dimension, description=check.description, findings=()) for check in declared]
    return [dataclasses.replace(parts[0], findings=whole.findings), *parts[1:]] if parts else [whole]


def _run_part(source: BatchDefinition, suite: Suite, part: Part) -> tuple[list[Result], ExpectationSuiteValidationResult]:
    from validation.expect import judge_part

    outcomes, rendered = judge_part(source, suite, part)
    results = []
    for check in part.checks:
        outcome = outcomes[check.id]
        if not outcome.ran:
            results.append(_not_run(suite.name, check.id, check.description, "toets mislukt", check))
            continue
        failing = [part.frame.row(position, named=True) for position in outcome.failing]
        findings = findings_of(check, failing)
        results.append(Result(suite.name, check.id, check.severity, check.dimension, check.description, True, outcome.rows_checked, len(failing), findings))
    return results, rendered


def _not_run(suite: str, check_id: str, description: str, reason: str, check: Check | None = None) -> Result:
    dimension = check.dimension if check else "volledigheid"
    sentence = f"De toets ‘{description}’ kon niet worden uitgevoerd ({reason}): er wordt niets gepubliceerd; vraag de beheerder van de pijplijn."
    finding = Finding(f"not_run:{suite}:{check_id}", "fout", dimension, None, None, None, None, None, sentence, 0)
    return Result(suite, check_id, "fout", dimension, description, ran=False, rows_checked=0, rows_failed=0, findings=(finding,))
